"""Test that councils in one house stay apart, through every door and for every kind of reader."""
