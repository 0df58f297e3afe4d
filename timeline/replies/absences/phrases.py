"""List the words by which a note says that its writer is away or comes back, and whom a sentence is about."""

import re
from collections.abc import Iterable

_SAID_OTHERWISE = {
    # Abbreviations, and phrases that hold a word which means something else alone.
    r"\ba/l\b": "annual leave",
    r"\b(?:w/c|wc|w/b|week (?:commencing|beginning|starting)|wythnos yn dechrau)\b": "weekcommencing",
    r"\b(?:the |for ){0,3}(?:rest|end) of (?:this|the) week\b": "endofweek",
    r"\bthis week\b": "thisweek",
    r"\b([ap])\.m\b\.?": r"\1m",
    r"\b(?:and|or) including\b|\binclusive\b": "",
    r"\b(?:ooo|oof|ooto)\b": "out of office",
    r"\be-?mail": "email",
    # Welsh; "i ffwrdd" stands first, because "i" alone is "to".
    r"\bi ffwrdd(?: o'r (?:swyddfa|gwaith))?\b": "away",
    r"\b(?:nid (?:wyf|ydw i)|dydw i ddim|dw i ddim|(?:ni|fydda i) fyddaf|fydda i ddim)\b": "i am not",
    r"\b(?:rwyf i|rydw i|yr wyf|rwyf|rwy'n|rwy|dwi|dw i|bydda i'n|bydda i|mi fydda i|byddaf i|byddaf|rydym)\b": "i am",
    r"\bdychwelaf\b": "i return",
    r"\b(?:mae|mae'r|mae'n|maent|bydd)\b": "is",
    r"\b(?:cysylltwch|anfonwch|ffoniwch)\b": "please",
    r"\b(?:allan|mas) o'r swyddfa\b": "out of the office",
    r"\bar (?:fy )?(?:ng)?(?:wyliau|gwyliau)(?: blynyddol)?\b|\bar absenoldeb\b": "on leave",
    r"\bddim (?:yn (?:y|fy) swyddfa|ar gael)\b": "away",
    r"\bgweithio (?:gartref|o (?:gartref|adref))\b": "working from home",
    r"\b(?:yn|nol|'n) ol\b": "back",
    r"\b(?:yn )?dychwelyd\b": "returning",
    r"\byn (?:y|fy) (?:swyddfa|ngwaith)\b|\bi'r (?:swyddfa|gwaith)\b": "in the office",
    r"\bar gael\b": "available",
    r"\b(?:hyd at|hyd|tan|nes)\b": "until",
    r"\brhwng\b": "between",
    r"\bar\b": "on",
}
_REWRITTEN = [(re.compile(said), meant) for said, meant in _SAID_OTHERWISE.items()]


def plain_words(text: str) -> str:
    """Give each phrase of several forms its English form; `text` is in small letters without accents."""
    for said, meant in _REWRITTEN:
        text = said.sub(meant, text)
    return text


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{pattern})(?![\w'])")


WHOSE = _word(
    r"(?P<mine>i|i'm|im|i'll|i've|we|we're|we'll"
    r"|my (?:(?:date of|annual|sick|summer) )?(?:return|leave|absence|holiday)(?: date)?(?: is)?"
    r"|my next (?:working )?day(?: in the office)? is)"
    r"|he|she|they|it|he's|she's|they're|it's|he'll|she'll|who|who's|which|whose|please|kindly|contact"
    r"|is|isn't|(?<!we )are|aren't|has|returns|covers|comes|works|runs|must|should"
    r"|(?<=[a-z] )(?<!i )(?<!we )will"
)
"""The subject of a sentence, as far as its words show it: the writer, or somebody or something else."""

AWAY = _word(
    r"(?:on|annual|sick|study|special|unpaid|parental|maternity|paternity|adoption|carers|flexi|toil|my) leave"
    r"|leave dates?|dates? of leave|my absence|out of (?:the )?office|away|on (?:\w+ )?(?:holidays?|vacation)|absent"
    r"|unavailable|on jury service|not working|not at work|not in(?: the office)?"
    r"|(?:^|(?<=am )|(?<=i'm )|(?<=be )|(?<=been )|(?<=signed ))(?:off|out)(?! the)"
)
AT_WORK = _word(
    r"working (?:from home|remotely)|work from home|wfh|not (?:away|off|on (?:annual )?leave|out of (?:the )?office)"
)
"""Words of a person who can be asked after all."""
NOT_BACK = _word(
    r"(?:not|won't|isn't|aren't|can't|cannot|never|unable)(?: [a-z]+){0,2} "
    r"(?:back|in|return|returning|available|working|at work|at my desk)"
)
NOT_READING = _word(
    r"(?:not|won't|can't|cannot|unable|no|without)(?: [a-z]+){0,3} "
    r"(?:checking|reading|monitoring|respond\w*|reply\w*|answer\w*|access\w*|check|read)"
)
"""With "until" the writer is there again on the day itself."""
UNSURE = _word(
    r"may|might|could|perhaps|possibly|maybe|unless|if|provisionally|potentially"
    r"|@\d+ (?:or|&|week|fortnight|of next)"
)
NOT_ALL_DAY = _word(
    r"every|each|alternate|mornings|afternoons|evenings|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days"
    r"|half days?|or (?:maybe |perhaps |possibly )?@\d+"
)
"""Words of hours or days that come again, or of another day: nobody is surely away until the day beside them."""
NOT = _word("not|won't|isn't|can't|cannot|never")

DAY = r"(?P<day>@\d+)"
UNTIL = _word(
    r"(?:until|till|'til|til|up to|through|thru)"
    r"(?P<fill>(?: (?:the|y|yr|this|end|of|on|at|at least|close|cop|cob|play|business|morning|weekcommencing)){0,6})"
    rf"(?: (?P<before>~\d+)(?: (?:on|of|the)){{0,2}})? {DAY}(?: at)?(?: (?P<time>~\d+))?"
)
ON_THE_DAY = _word("morning|weekcommencing")
"""Between "until" and a day they say that the writer is there again on it."""
BACK = _word(
    r"(?:back|return|returning|resume|resuming|next (?:be )?in|in the office again|my next (?:working )?day)"
    r"(?: (?:to|the|y|yr|this|in|into|at|my|work|office|desk|on|from|again|duty|duties|date|of|is|will|be|leave|annual"
    rf"|holiday|online|first|thing|morning|weekcommencing|~\d+)){{0,8}} {DAY}"
)
BEGINS = _word(rf"(?:from|starting|since|as of|as from)(?: (?:on|~\d+)){{0,2}} {DAY}")
SPAN = _word(r"(?P<span>#\d+)")
WEEK = _word(rf"weekcommencing(?: (?:the|on)){{0,1}} {DAY}")
THIS_WEEK = _word(r"(?:for |all |of ){0,2}(?:thisweek|endofweek)$")
ALONE = _word(rf"(?:on )?{DAY}$")

_KNOWN_WORDS = (
    "i im i'm i'll i've we we're we'll my",
    "am is be will shall hope hoping expect expecting expected due plan planning intend going working work return back",
    "not now then next currently also only",
    "annual sick leave out office away off holiday holidays absent absence unavailable date dates first last day today",
    "thisweek morning afternoon 0",
    "a and at between for from in of on the to until upon",
    "all answer automatic colleague dear email emails good hello hi hiya message messages note reply respond response",
    "thank thanks you your",
)
_KNOWN = frozenset(" ".join(_KNOWN_WORDS).split())


def are_known(words: Iterable[str]) -> bool:
    """Tell whether every word is of a kind that names nobody and nothing else."""
    return all(word in _KNOWN or word[0] in "@#~" for word in words)
