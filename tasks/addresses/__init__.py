"""Ask addresses on other machines whether they still answer, when somebody wants to know."""
