"""Read words by which somebody says that they left a post, or are away for so long that somebody else holds it.

Why they are away is never kept: it is nobody's business, and may be about their health.
"""

import re

CHECK_WHO = "check who holds this post"

_PLACE = r"(?:council|authority|organi[sz]ation|service|company|trust|borough|school|team|department|role|post|job)"
_LEFT = re.compile(
    r"\b(?:no longer (?:work\w*|employed|based|in (?:this|the|that)|with (?:the|this|us)|at (?:the|this)|the |hold\w*"
    r"|part of|responsible)"
    rf"|(?:have|has|'ve|i) (?:now |recently )?left (?:the |my |this |our )?(?:\w+ ){{0,2}}{_PLACE}"
    r"|(?:have|has|'ve|am|now|i) (?:now |recently )?retired"
    r"|i(?: have|'ve) (?:now |recently )?(?:moved|transferred) (?:on|to \w{2,30})"
    rf"|my (?:contract|employment|placement|last day) (?:(?:with|at|in) (?:the |this )?(?:\w+ )?{_PLACE} )?"
    r"(?:has |have )?(?:ended|finished|expired|was)"
    r"|ddim yn gweithio|wedi gadael|wedi ymddeol)\b",
    re.IGNORECASE,
)
_FOR_LONG = re.compile(
    r"\b(?:maternity|paternity|adoption|parental|neonatal|long[- ]term sick|career break|sabbatical|secondment|seconded"
    r"|gardening leave|(?:cyfnod|absenoldeb) (?:mamolaeth|tadolaeth|rhiant|mabwysiadu)|secondiad)\b",
    re.IGNORECASE,
)
_MOST_LETTERS = 1_500


def says_left(text: str) -> bool:
    """Tell whether the writer says that they no longer hold their post."""
    return bool(_LEFT.search(text[:_MOST_LETTERS]))


def says_away_for_long(text: str) -> bool:
    """Tell whether the writer is on a leave after which a post is usually filled."""
    return bool(_FOR_LONG.search(text[:_MOST_LETTERS]))
