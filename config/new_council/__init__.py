"""Make a timeline file for a new council from a few facts."""
