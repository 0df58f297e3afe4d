"""The words that answer, and the ones that make it uncertain what was meant. Welsh stands beside English."""

import re

from timeline.responses import Answer

_THANKS = r"thanks|thank you|thx|many thanks|with (?:many )?thanks|cheers|diolch"
_NOT_MINE = r"(?:this|it)(?:'s not| is not| isn't) mine|not mine|(?:this is |it is |it's )?not my task"

WORDS: dict[Answer, str] = {
    Answer.ACKNOWLEDGED: (
        r"ack(?:ed|'d)?|i acknowledge|acknowledged?|received|noted|i have (?:got )?this|i've got this"
        r"|wedi derbyn|derbyniwyd|wedi cydnabod|cydnabod|cydnabuwyd|cydnabyddwyd|cydnabyddir"
    ),
    Answer.DONE: (
        r"(?:(?:it|this) is |it's |all |now )?done|completed?|(?:this|it) is completed?"
        r"|i(?:'ve| have) (?:done|completed) (?:this|it)|(?:this|it) has been (?:done|completed)"
        r"|wedi'i wneud|wedi ei wneud|wedi cwblhau|wedi'i gwblhau|wedi ei gwblhau|cwblhawyd|wedi gorffen|gorffennwyd"
    ),
    Answer.HELP: r"(?:i )?need help|please help|help|(?:dwi |rwy |mae )?angen (?:help|cymorth)(?: arnaf| arna i)?",
    Answer.DECLINED: rf"i decline|declined?|{_NOT_MINE}|gwrthod",
    Answer.CONFIRMED: r"(?:i (?:can )?)?confirm(?:ed)?|(?:dwi'n |rwy'n )?cadarnhau|cadarnhawyd|wedi cadarnhau",
}
"""What the first line may begin with. “Not done” is none: a person reads a negation, and the page asks for words."""

FOLLOWED: dict[Answer, str] = {
    Answer.ACKNOWLEDGED: rf"{_THANKS}|and\b",
    Answer.DONE: rf"{_THANKS}|https?://|see\b|link\b|evidence\b|ref(?:erence)?\b|minutes?\b|attached\b|today\b|yesterday\b"
    r"|already\b|now\b|on\b|and\b|as (?:asked|agreed|requested)\b",
    Answer.HELP: rf"{_THANKS}|please\b|needed\b|required\b|is needed\b|wanted\b|me\b|with\b|i\b",
    Answer.DECLINED: rf"{_THANKS}|because\b|as\b|since\b|this\b|please\b|task\b",
    Answer.CONFIRMED: rf"{_THANKS}|it\b|this\b|that\b|and\b|as (?:done|asked|requested)\b",
}
"""The plain words that may come next without a comma or a dash: "help please", but not "help desk"."""

LOOSE = re.compile(r"(?:i )?ack(?:nowledged?|ed|'d)?", re.IGNORECASE)
"""Words that mean nothing else, so that anything may follow them: "ACK on Sean's behalf"."""

DOUBT = (
    r"\w+n't|not|no|nor|never|none|nothing|neither|cannot|cant|wont|dont|didnt|isnt|havent|unable|unless|if|but|however"
    r"|although|though|except|instead|unsure|wrong|maybe|perhaps|without|refuse\w*|reject\w*|fail\w*|pending"
    r"|out of (?:the )?office|(?:on|annual) leave|ond|ddim|dim|nid|nad|ni|heb|methu|os"
)
"""Negations, reservations and conditions: with one of these in the line a person must read it."""

MORE_DOUBT: dict[Answer, str] = {
    Answer.ACKNOWLEDGED: r"(?:to|will) follow|later",
    Answer.DONE: (
        r"by|when|once|after|before|until|till|tomorrow|tonight|soon|shortly|next|half|part\w*|mostly|most|nearly|almost"
        r"|some|only|apart|later|will|would|should|shall|going to|to follow|remaining|outstanding|still|yet|draft|yfory"
    ),
    Answer.HELP: r"sorted|resolved|solved",
    Answer.DECLINED: r"(?!)",
    Answer.CONFIRMED: (
        r"(?:to|will) follow|later|by|when|once|after|before|until|till|soon|shortly|partly|mostly|nearly|almost|some"
        r"|apart|will|would|should|shall|receipt|attendance|remaining|outstanding|still|yet|draft"
    ),
}
"""What is not doubt in one answer may be in another: "done by Friday" is not done."""

NOT_MINE = re.compile(rf"\b(?:{_NOT_MINE}|not (?:me|us|ours|for me|for us))\b", re.IGNORECASE)
QUESTION = re.compile("[?？؟⁇❓❔👎❌🚫⛔]")
LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
REFERENCE = re.compile(
    r"\b(?:ref(?:erence)?|minutes?|item|document|report)(?:\s+(?:no|number|ref)\b)?[.:]?\s+(?:\w{0,6}\d[\w/.-]*|\w+[-/][\w/-]*\d[\w/-]*)"
    r"|\b[A-Za-z][A-Za-z0-9]{0,15}(?:[-/][A-Za-z0-9]{1,15}){0,4}[-/]\d[\w/-]{0,30}",
    re.IGNORECASE,
)
"""A minute, an item, or a code such as CAB/2019/14."""
