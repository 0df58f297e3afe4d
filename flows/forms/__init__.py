"""Take the administrators' forms: each shows a plan first, changes nothing by itself, and ends in a sentence."""
