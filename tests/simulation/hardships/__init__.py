"""Plan what befalls the house itself: a wrong clock, a stop in mid-run, a change taken back, a neighbour that
breaks.
"""
