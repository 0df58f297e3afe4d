"""Examine an installation part by part, for `daymark doctor`; nothing of it is changed."""
