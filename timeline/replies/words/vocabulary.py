"""List the words that answer, the words that cast doubt, and how evidence looks."""

import re

from timeline.answers.responses import Answer

THANKS = r"thanks|thank you|thx|many thanks|with (?:many )?thanks|gyda diolch|cheers|ta|diolch"
_MINE = r"(?:mine|me|us|ours|for (?:me|us)|(?:one )?(?:of|for) (?:mine|ours|me|us)|my (?:task|area|job|role|remit))"
NOT_MINE = rf"(?:(?:this|it|that)(?: one)?(?:'s not| is not| isn't) |(?:this is |it is |it's )?not ){_MINE}"
_SUBJECT = r"(?:(?:it|this|that)(?: one)?(?:'s| is| was| has been|'s been) )"
_HAVE = r"(?:i|we)(?:'ve| have)?"
_NEED = r"(?:i|we)(?: need| could do with|'m going to need| am going to need|'ll need|'d like| would like)"
_WILL = r"(?:i'll|i will|we'll|we will)"
_AM = r"(?:i'm |i am |we're |we are )"
_IT = r"(?:it|this|that|these|them)"

WORDS: dict[Answer, str] = {
    Answer.ACKNOWLEDGED: (
        r"(?:i )?ack(?:ed|'d)?|i acknowledge|acknowledged?|received|noted|i have (?:got )?this|i've got this"
        r"|wedi derbyn|derbyniwyd|wedi cydnabod|cydnabod|cydnabuwyd|cydnabyddwyd|cydnabyddir"
    ),
    Answer.DONE: (
        rf"{_SUBJECT}?(?:(?:all|now|already|both) ){{0,2}}(?:done|completed?|sorted)"
        rf"|{_HAVE} (?:now |already )?(?:done|completed) {_IT}|(?:i|we) did {_IT}"
        r"|wedi'i (?:wneud|gwblhau|orffen)|wedi ei (?:wneud|gwblhau|orffen)|wedi cwblhau|cwblhawyd|wedi gorffen"
        r"|gorffennwyd"
    ),
    Answer.HELP: (
        rf"(?:i )?need help|please help|help|{_NEED} (?:some |a bit of |more )?(?:help|support|a hand)"
        r"|(?:dwi |rwy |mae )?angen (?:help|cymorth)(?: arnaf| arna i)?"
    ),
    Answer.DECLINED: rf"i decline|declined?|{NOT_MINE}|wrong person|gwrthod",
    Answer.CONFIRMED: (
        r"(?:i (?:can )?|happy to )?confirm(?:ed)?|(?:dwi'n |rwy'n )?cadarnhau|cadarnhawyd|wedi cadarnhau"
    ),
}
"""The words that the first line may begin with.

“Not done” is not among them: a person reads a negation, and the page asks for words.
"""

FOLLOWED: dict[Answer, str] = {
    Answer.ACKNOWLEDGED: rf"{THANKS}|and\b",
    Answer.DONE: rf"{THANKS}|https?://|see\b|link\b|evidence\b|ref(?:erence)?\b|minutes?\b|attached\b|today\b|yesterday\b"
    r"|already\b|now\b|on\b|and\b|as (?:asked|agreed|requested)\b",
    Answer.HELP: rf"{THANKS}|please\b|needed\b|required\b|is needed\b|wanted\b|me\b|with\b|i\b|gyda\b|os gwelwch\b",
    Answer.DECLINED: rf"{THANKS}|because\b|as\b|since\b|this\b|please\b|task\b|sorry\b|i'm afraid\b|i am afraid\b"
    r"|any ?more\b|any longer\b|ask\b|try\b",
    Answer.CONFIRMED: rf"{THANKS}|it\b|this\b|that\b|and\b|as (?:done|asked|requested)\b",
}
"""The plain words that may come next without a comma or a dash: "help please" passes, "help desk" does not."""

LOOSE = re.compile(r"(?:i )?ack(?:nowledged?|ed|'d)?", re.IGNORECASE)
"""Words with a single meaning: anything may follow them, as in "ACK on Sean's behalf"."""

OF_RECEIPTS = re.compile(r"received|noted|acknowledged?|wedi derbyn|derbyniwyd|(?:wedi )?cydnab\w{0,7}", re.IGNORECASE)
"""Words with which the receipts of machines begin. A machine never speaks of itself as "I"."""
AS_A_PERSON = re.compile(r"\b(?:i|i'm|i'll|i've|i'd|my|we're|we've|fi|mi)\b", re.IGNORECASE)

YES = r"yes(?: please)?|yep|yeah|yup|ok(?:ay)?|of course|yes of course|iawn|ydy|ydw|oes|ie|gwnaf"
"""Words that agree. They acknowledge only if nothing else is said; before another answer they change nothing."""

HOLDING = (
    rf"got {_IT}|{_HAVE} (?:got )?(?:{_IT}|all of (?:these|them))(?: in hand)?"
    rf"|(?:{_IT}|that)(?: one)?(?: is|'s) (?:mine|ours|with (?:me|us)|in hand|in progress|under ?way)"
    rf"|(?:all )?in hand|in progress|under ?way|{_AM}?on (?:it|this)"
    rf"|{_AM}?(?:already )?(?:working on|dealing with) {_IT}"
    rf"|{_WILL} (?:do|action|sort|deal with|handle|see to|work on|take|pick up) {_IT}"
    rf"|{_WILL} (?:pick|take) {_IT} (?:up|on|forward)|{_WILL} get {_IT} done|will (?:do|action|sort)(?: {_IT})?"
    rf"|leave {_IT} (?:with|to) (?:me|us)|(?:i am |i'm )?happy to (?:do|take) {_IT}(?: on)?|happy to pick {_IT} up"
    rf"|happy to pick up(?: {_IT})?|(?:duly|all|well) noted|all (?:received|acknowledged)|understood"
    r"|mae (?:hwn|hyn|o) gyd[ao] (?:fi|ni)|wedi'i nodi|nodwyd"
)
"""Words that mean "I have this". They acknowledge only if nothing else is said."""

DOUBT = (
    r"\w+n't|not|no|nor|never|none|nothing|neither|cannot|cant|wont|dont|didnt|isnt|havent|unable|unless|if|but|however"
    r"|although|though|except|instead|unsure|wrong|maybe|perhaps|without|refuse\w*|reject\w*|fail\w*|pending"
    r"|out of (?:the )?office|(?:on|annual) leave|ond|ddim|dim|nid|nad|ni|heb|methu|os"
)
"""Negations, reservations and conditions: a person must read a line that holds any of these."""

_UNFINISHED = (
    r"by|when|once|after|before|until|till|tomorrow|tonight|soon|shortly|next|half|part\w*|mostly|most|nearly|almost"
    r"|some|only|apart|later|will|would|should|shall|going to|to follow|remain\w*|outstanding|still|yet|draft|await\w*"
    r"|wait\w*|subject to|provided|provisional\w*|assuming|bar|aside|hopefully|missing|yfory|aros"
)
_SETTLED = r"sorted|resolved|solved"
MORE_DOUBT: dict[Answer, str] = {
    Answer.ACKNOWLEDGED: r"(?:to|will) follow|later",
    Answer.DONE: _UNFINISHED,
    Answer.HELP: _SETTLED,
    Answer.DECLINED: r"(?!)",
    Answer.CONFIRMED: rf"{_UNFINISHED}|receipt|attendance",
}
"""Words that cast doubt on this answer only: "done by Friday" is not done."""

PLEASE = re.compile(r"os gwelwch (?:yn|chi'n) dda", re.IGNORECASE)
"""It begins with the Welsh "if"."""
CALLS = re.compile(r".*(?:need|please|angen|could do|like) .*| (?:please|needed|required)\b", re.IGNORECASE)
"""A call for help of which a later clause takes back nothing, but for a reservation: "I need help, nobody is here"."""
TAKEN_BACK = re.compile(
    rf"(?<![\w'])(?:but|however|unless|if|except|instead|longer|any ?more|{_SETTLED}|ond|os)(?!\w|'\w)", re.IGNORECASE
)
ASKS = re.compile(
    r"\b(?:(?:can|could|may|might|would|shall) (?:we|i|you|this|it|that|the|there|somebody|someone|anybody|anyone)"
    r"|(?:is|are|was) (?:it|this|that|there) (?:possible|any|a chance)|any chance|possible to|extension|more time"
    r"|a?llwn ni|oes modd)\b",
    re.IGNORECASE,
)
"""A question or a wish, whether or not a question mark ends it."""
MOVES = re.compile(
    r"\b(?:(?:re-?schedul|postpon|re-?arrang)\w*|(?:later|new|another|different) date|extension of time"
    rf"|mov(?:e|ing) (?:{_IT}|the (?:date|deadline|meeting|panel))|(?:push|put)(?:ing)? {_IT} (?:back|off|until)"
    rf"|(?:delay|defer|extend)(?:ing)? (?:{_IT}|the (?:date|deadline|meeting|panel))"
    r"|be (?:moved|put back|put off|pushed back|deferred|extended|delayed)|symud (?:hwn|hyn|y dyddiad))\b",
    re.IGNORECASE,
)
"""A request for another date: whoever decides about the date must see it, wherever it stands in the reply."""

NOT_MINE_AT_ALL = re.compile(rf"\b(?:{NOT_MINE})\b", re.IGNORECASE)
QUESTION = re.compile("[?？؟⁇❓❔👎❌🚫⛔]")
LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
REFERENCE = re.compile(
    r"\b(?:ref(?:erence)?|minutes?|item|document|report)(?:\s+(?:no|number|ref)\b)?[.:]?\s+(?:\w{0,6}\d[\w/.-]*|\w+[-/][\w/-]*\d[\w/-]*)"
    r"|\b[A-Za-z][A-Za-z0-9]{0,15}(?:[-/][A-Za-z0-9]{1,15}){0,4}[-/]\d[\w/-]{0,30}",
    re.IGNORECASE,
)
"""A minute, an item, or a code such as CAB/2019/14."""
