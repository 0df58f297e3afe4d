"""Read the words before an answer that answer nothing: a greeting, thanks, an apology, or a "yes" before the answer."""

import re
from enum import StrEnum

from timeline.replies.words.vocabulary import HOLDING, WORDS, YES


class Opening(StrEnum):
    """Name what an opening is; only a yes can answer by itself."""

    POLITE = "polite"
    YES = "yes"
    NO = "no"
    SORRY = "sorry"


# A name is written with a capital, and is no word that begins an answer: "Hi Done" greets nobody.
_ANSWERING = (
    rf"(?i:{'|'.join(WORDS.values())}|{HOLDING}|{YES}|thank|thanks|sorry|apologies|no|not|can|could|please|we|i)"
)
_NAME = rf"(?:(?!(?:{_ANSWERING})(?!\w|'\w))[^\W\d_a-z][\w'’.-]{{0,30}})"
_EVERYBODY = r"(?i:all|both|team|there|everyone|everybody|colleagues|folks|sir|madam|or|again|pawb|bawb)\b"
_WHOM = rf"(?:[ \t]+(?:{_EVERYBODY}|{_NAME}))"
_GREETING = (
    rf"(?:(?i:hi|hiya|hello|hey|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|bore da|prynhawn da"
    rf"|p'nawn da|noswaith dda|helo|s'?mae|shwmae|su'?mae)(?!\w|'\w){_WHOM}{{0,4}}|(?i:dear|annwyl){_WHOM}{{1,4}}"
    r"|(?i:all|team|both|colleagues|pawb)(?=\s*,\s*$))"
)
_FOR = (
    r"(?: (?:for|am) (?:this|that|it|(?:the|your|this|yr|eich) (?:quick |kind |helpful |gentle )?(?:reminder|e-?mail"
    r"|message|note|nudge|prompt|heads up|update|information|info|patience|neges|nodyn|e-?bost|chase)"
    r"|(?:letting (?:me|us) know|chasing|reminding (?:me|us)|sending|asking|flagging|getting in touch)"
    r"(?: (?:this|it|me|about this|through|up))?))"
)
_THANKS = (
    rf"(?:(?i:(?:many |great |lovely |with )?(?:thanks|thank you|thx|cheers|ta|diolch)(?: (?:so |very )?much| again"
    rf"| a lot| indeed| yn fawr(?: iawn)?)?{_FOR}?)(?!\w|'\w){_WHOM}{{0,3}}{_FOR}?"
    r"|(?i:great|perfect|lovely|fine|all good"
    r"|no problem|no worries|sure|brilliant|just to say(?: that)?|(?:(?:i can|just|i) )?confirm(?:ing)?(?: that)?"
    r"(?= (?:i|we)(?:'ve|'m|'ll| have| am| are| will)\b))(?!\w|'\w))"
)
_LATE = r"(?:late|slow|delayed|tardy)"
_SORRY = (
    r"(?i:(?:(?:so|very|really|my|many) )?(?:sorry|apologies)(?: all| both)?(?:,? (?:for|about) "
    r"(?:the |my |this |being )?"
    rf"(?:(?:long |slight |short )?delay(?: in (?:replying|responding|getting back(?: to you)?))?|{_LATE}(?: reply"
    rf"| response| answer)?|lateness|not (?:replying|responding|answering|getting back to you) (?:sooner|earlier))"
    rf"|,? (?:this is|i'm|i am|it's) (?:a bit |so |very )?{_LATE}"
    r"|,? (?:i(?:'ve| have)? )?(?:only )?(?:just )?(?:seen|saw|missed|found) (?:this|it))?"
    r"|i'm afraid(?: that)?|i am afraid(?: that)?)(?!\w|'\w)"
)
_POLITE = (Opening.POLITE, Opening.SORRY)
_KINDS = {
    Opening.POLITE: re.compile(rf"(?:{_GREETING}|{_THANKS})"),
    Opening.SORRY: re.compile(_SORRY),
    Opening.YES: re.compile(rf"(?i:{YES})(?!\w|'\w)"),
    Opening.NO: re.compile(r"(?i:no)(?=\s*[,.–—-]|\s+(?:sorry|it's|this|not)\b)"),
}
_LEADING = re.compile(r"[\s\"'“”„*_\[(•·]*")
_BETWEEN = re.compile(r"[\s\"'“”„*_\[(•·,.:;!–—…-]*")
_MOST = 8


def without_opening(line: str, *, yes: bool = True) -> tuple[str, frozenset[Opening]]:
    """Return the line from its first word that may answer, and what stood before it.

    Without `yes` step over what is polite, and over no yes and no.
    """
    place, openings = 0, set[Opening]()
    for _ in range(_MOST):
        marks = (_BETWEEN if openings else _LEADING).match(line, place)
        place = marks.end() if marks else place
        kind, end = _longest(line, place, yes=yes)
        if kind is None:
            break
        openings.add(kind)
        place = end
    return line[place:], frozenset(openings)


def _longest(line: str, place: int, *, yes: bool) -> tuple[Opening | None, int]:
    ends = {kind: matched.end() for kind, pattern in _KINDS.items() if (matched := pattern.match(line, place))}
    kinds = [kind for kind in ends if yes or kind in _POLITE]
    kind = max(kinds, key=ends.__getitem__, default=None)
    return kind, ends[kind] if kind else place


def is_only_polite(line: str) -> bool:
    """Tell whether the line greets, thanks or apologises, and says nothing else."""
    rest, openings = without_opening(line, yes=False)
    return not rest.strip() and bool(openings)
