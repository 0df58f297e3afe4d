"""Keep the records of the improvement programme: what was judged, planned, promised, measured and risked.

It is the work that the dates exist for. No record overwrites an earlier one: what was first promised, what is expected
now and what happened stand beside each other.
"""
