"""The answer in the first visible line. The line must begin with a known word; a person reads anything uncertain."""

import re
from dataclasses import dataclass

from timeline.answers.responses import Answer

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
"""The words that the first line may begin with.

“Not done” is not among them: a person reads a negation, and the page asks for words.
"""

FOLLOWED: dict[Answer, str] = {
    Answer.ACKNOWLEDGED: rf"{_THANKS}|and\b",
    Answer.DONE: rf"{_THANKS}|https?://|see\b|link\b|evidence\b|ref(?:erence)?\b|minutes?\b|attached\b|today\b|yesterday\b"
    r"|already\b|now\b|on\b|and\b|as (?:asked|agreed|requested)\b",
    Answer.HELP: rf"{_THANKS}|please\b|needed\b|required\b|is needed\b|wanted\b|me\b|with\b|i\b",
    Answer.DECLINED: rf"{_THANKS}|because\b|as\b|since\b|this\b|please\b|task\b",
    Answer.CONFIRMED: rf"{_THANKS}|it\b|this\b|that\b|and\b|as (?:done|asked|requested)\b",
}
"""The plain words that may come next without a comma or a dash: "help please" passes, "help desk" does not."""

LOOSE = re.compile(r"(?:i )?ack(?:nowledged?|ed|'d)?", re.IGNORECASE)
"""Words with a single meaning: anything may follow them, as in "ACK on Sean's behalf"."""

DOUBT = (
    r"\w+n't|not|no|nor|never|none|nothing|neither|cannot|cant|wont|dont|didnt|isnt|havent|unable|unless|if|but|however"
    r"|although|though|except|instead|unsure|wrong|maybe|perhaps|without|refuse\w*|reject\w*|fail\w*|pending"
    r"|out of (?:the )?office|(?:on|annual) leave|ond|ddim|dim|nid|nad|ni|heb|methu|os"
)
"""Negations, reservations and conditions: a person must read a line that holds any of these."""

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
"""Words that cast doubt on this answer only: "done by Friday" is not done."""

NOT_MINE = re.compile(rf"\b(?:{_NOT_MINE}|not (?:me|us|ours|for me|for us))\b", re.IGNORECASE)
QUESTION = re.compile("[?？؟⁇❓❔👎❌🚫⛔]")
LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
REFERENCE = re.compile(
    r"\b(?:ref(?:erence)?|minutes?|item|document|report)(?:\s+(?:no|number|ref)\b)?[.:]?\s+(?:\w{0,6}\d[\w/.-]*|\w+[-/][\w/-]*\d[\w/-]*)"
    r"|\b[A-Za-z][A-Za-z0-9]{0,15}(?:[-/][A-Za-z0-9]{1,15}){0,4}[-/]\d[\w/-]{0,30}",
    re.IGNORECASE,
)
"""A minute, an item, or a code such as CAB/2019/14."""


_KNOWN = {answer: re.compile(rf"({words})(?![\w'])", re.IGNORECASE) for answer, words in WORDS.items()}
_FOLLOWED = {answer: re.compile(words, re.IGNORECASE) for answer, words in FOLLOWED.items()}
_DOUBT = {
    answer: re.compile(rf"(?<![\w'])(?:{DOUBT}|{MORE_DOUBT[answer]})(?![\w'])", re.IGNORECASE) for answer in WORDS
}
_LEADING = re.compile(r"[\s\"'“”„*_\[(•·]+")
_NUMBER = re.compile(
    r"(?P<apart>\s*[-–—:,.]\s*)?\s*(?:#|(?:no\.?|number|task|item)\s+#?)?\s*(?P<number>\d+)(?P<tail>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN_TAIL = re.compile(r"\s*$|\s*[.,;:!)](?:\s|$)|\s+[-–—]\s|\s+\((?!\d)")
_ANOTHER = re.compile(r"\s*(?:[,;&+/]|and\b|a\b|to\b)?\s*#?\d", re.IGNORECASE)
_NUMBERED = re.compile(rf"[\W_]*(?:{'|'.join(WORDS.values())})\W{{0,3}}#?\d", re.IGNORECASE)
_GOES_ON = re.compile(rf"(?:{DOUBT})(?![\w'])|https?://", re.IGNORECASE)
_BROKEN_AT = 50
_LONGEST = 20


@dataclass(frozen=True, kw_only=True)
class _ReadAnswer:
    answer: Answer | None = None
    number: int | None = None
    evidence: str = ""
    text: str = ""
    why: str = ""


class _Held(Exception):
    """A person must read the mail; the reason is the end of a sentence."""


def read_answer(text: str, *, ours: str = "") -> _ReadAnswer:
    """Read the answer in the text above the quote. `ours` is our token: a line that repeats it is our own."""
    if not text.strip():
        return _ReadAnswer(why="Nothing is written above the quote")
    line, below = _first_line(text)
    try:
        return _answer(line, below, text, ours)
    except _Held as held:
        return _ReadAnswer(text=text, why=f"A person must read it: {held}")


def casts_doubt(note: str) -> bool:
    """Tell whether words beside an answer given otherwise may take it back."""
    plain = note.replace("’", "'")
    return bool(QUESTION.search(plain) or _DOUBT[Answer.ACKNOWLEDGED].search(plain))


def _answer(line: str, below: str, text: str, ours: str) -> _ReadAnswer:
    beginning = _begins(_LEADING.sub("", line, count=1) if _LEADING.match(line) else line)
    if not beginning:
        raise _Held("the first line does not begin with a known word")
    answer, word, rest = beginning
    if ours and ours in line.lower():
        raise _Held("the first line repeats our own mail")
    number, rest = _number(rest, below)
    _refuse_doubt(answer, word, rest)
    tail = f"{rest}\n{below}".lstrip(" \t\n\"'*_)]-–—:,.!").rstrip()
    return _ReadAnswer(
        answer=answer,
        number=number,
        evidence=_evidence(rest) if answer is Answer.DONE else "",
        text=tail if answer in (Answer.HELP, Answer.DECLINED) else text,
        why=f"The first line begins with “{word.lower()}”",
    )


def _first_line(text: str) -> tuple[str, str]:
    """Return the first line as it was written, and the lines below it.

    Join what belongs together: mail programs break a long line, and "Ack," alone on a line continues on the next,
    which may take the answer back.
    """
    lines = text.replace("’", "'").replace("‘", "'").split("\n")
    line, place = lines[0], 1
    while place < min(len(lines), _LONGEST) and lines[place].strip():
        before = lines[place - 1].rstrip()
        goes_on = len(before) >= _BROKEN_AT or before.endswith((",", ";", ":", "-", "–", "—", "…", "..."))
        if not goes_on and not _GOES_ON.match(lines[place].strip()):
            break
        line = f"{line} {lines[place]}"
        place += 1
    return line, "\n".join(lines[place:])


def _begins(line: str) -> tuple[Answer, str, str] | None:
    """Return the answer that the line begins with, its word, and the rest of the line; the longest word wins."""
    candidates = [(answer, matched) for answer, pattern in _KNOWN.items() if (matched := pattern.match(line))]
    if not candidates:
        return None
    answer, longest = max(candidates, key=lambda pair: len(pair[1][1]))
    return answer, longest[1], line[longest.end() :]


def _number(rest: str, below: str) -> tuple[int | None, str]:
    """Return the number of a task right after the word. "done 2 weeks ago" has none, and is not certain."""
    matched = _NUMBER.match(rest)
    if not matched:
        return None, rest
    tail = matched["tail"]
    plain = _PLAIN_TAIL.match(tail) or any(
        pattern.match(tail.lstrip()) for pattern in _FOLLOWED.values() if tail[:1] == " "
    )
    if not plain or not re.fullmatch(r"[1-9]\d?", matched["number"]):
        if matched["apart"]:
            return None, rest
        raise _Held("a number follows that may not be a task's")
    if _ANOTHER.match(tail) or re.search(r"\b(?:ack|done|help|decline)\s*#?\d", tail, re.IGNORECASE):
        raise _Held("it speaks of several tasks")
    if any(_NUMBERED.match(line) for line in below.split("\n")):
        raise _Held("it speaks of several tasks")
    return int(matched["number"]), tail


def _refuse_doubt(answer: Answer, word: str, rest: str) -> None:
    links = LINK.search(rest)
    plain = REFERENCE.sub(" ", LINK.sub(" ", rest))
    if answer is Answer.DECLINED:
        plain = NOT_MINE.sub(" ", plain)
    doubt = QUESTION.search(plain) or _DOUBT[answer].search(plain)
    if doubt:
        raise _Held(f"the first line begins with “{word.lower()}” and goes on with “{doubt[0].lower()}”")
    if links and answer is not Answer.DONE:
        raise _Held(f"the first line begins with “{word.lower()}” and holds a link")
    if not (_apart(rest) or LOOSE.fullmatch(word) or _may_follow(answer, rest.strip(" \t<"))):
        raise _Held(f"the first line begins with “{word.lower()}” and goes on with other words")
    other = _begins(rest.lstrip(" \t.,;:!/&+-–—()"))
    # "I confirm it is done" is a single answer.
    if other and other[0] is not answer and (answer, other[0]) != (Answer.CONFIRMED, Answer.DONE):
        raise _Held("the first line says two things")


def _may_follow(answer: Answer, rest: str) -> bool:
    code = answer is Answer.DONE and REFERENCE.match(rest)
    return bool(code or _FOLLOWED[answer].match(rest))


def _apart(rest: str) -> bool:
    """Tell whether nothing follows, or a mark that ends or separates: "done.", not "done-ish" or "help/advice"."""
    return not rest.strip() or bool(
        re.match(r"\s*[.,;:!…()\"'*_\]]|\s+[-–—]|\s*[–—]\s?|-\s|\s*[^\w\s/&+%£$@#<>=~^|\\-]", rest)
    )


def _evidence(rest: str) -> str:
    """Return the links in the line, else a reference; never a plain word, for done with evidence closes a task."""
    links = [link.rstrip(".,;:!]}'" if "(" in link else ".,;:!)]}'") for link in LINK.findall(rest)]
    return " ".join(links) or next((matched[0] for matched in REFERENCE.finditer(rest)), "").rstrip(".-/")
