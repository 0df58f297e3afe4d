"""Count days and hours in London: bank holidays, working days and hours, the hours of the flows, and dates in words."""
