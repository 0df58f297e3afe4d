"""What the first visible line says. It must begin with a known word; anything uncertain is left to a person."""

import re
from dataclasses import dataclass

from timeline.replies.words import (
    DOUBT,
    FOLLOWED,
    LINK,
    LOOSE,
    MORE_DOUBT,
    NOT_MINE,
    QUESTION,
    REFERENCE,
    WORDS,
)
from timeline.responses import Answer

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
class _Said:
    answer: Answer | None = None
    number: int | None = None
    evidence: str = ""
    text: str = ""
    why: str = ""


class _Held(Exception):
    """What was written is for a person to read; the reason is the end of a sentence."""


def said(text: str, *, ours: str = "") -> _Said:
    """What was answered in the text above the quote. `ours` is our token: a line that repeats it is our own."""
    if not text.strip():
        return _Said(why="Nothing is written above the quote")
    line, below = _first_line(text)
    try:
        return _answer(line, below, text, ours)
    except _Held as held:
        return _Said(text=text, why=f"A person must read it: {held}")


def doubtful(note: str) -> bool:
    """Whether words beside an answer given otherwise may take it back."""
    plain = note.replace("’", "'")
    return bool(QUESTION.search(plain) or _DOUBT[Answer.ACKNOWLEDGED].search(plain))


def _answer(line: str, below: str, text: str, ours: str) -> _Said:
    found = _begins(_LEADING.sub("", line, count=1) if _LEADING.match(line) else line)
    if not found:
        raise _Held("the first line does not begin with a known word")
    answer, word, rest = found
    if ours and ours in line.lower():
        raise _Held("the first line repeats our own mail")
    number, rest = _number(rest, below)
    _refuse_doubt(answer, word, rest)
    tail = f"{rest}\n{below}".lstrip(" \t\n\"'*_)]-–—:,.!").rstrip()
    return _Said(
        answer=answer,
        number=number,
        evidence=_evidence(rest) if answer is Answer.DONE else "",
        text=tail if answer in (Answer.HELP, Answer.DECLINED) else text,
        why=f"The first line begins with “{word.lower()}”",
    )


def _first_line(text: str) -> tuple[str, str]:
    """The first line as it was written, and what is below.

    Mail programs break a long line, and "Ack," on a line of its own goes on: what follows may take it back.
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
    """The answer that the line begins with, its word, and the rest of the line; the longest word wins."""
    found = [(answer, one) for answer, pattern in _KNOWN.items() if (one := pattern.match(line))]
    if not found:
        return None
    answer, one = max(found, key=lambda pair: len(pair[1][1]))
    return answer, one[1], line[one.end() :]


def _number(rest: str, below: str) -> tuple[int | None, str]:
    """The number of a task right after the word. "done 2 weeks ago" has none, and is not certain."""
    found = _NUMBER.match(rest)
    if not found:
        return None, rest
    tail = found["tail"]
    plain = _PLAIN_TAIL.match(tail) or any(one.match(tail.lstrip()) for one in _FOLLOWED.values() if tail[:1] == " ")
    if not plain or not re.fullmatch(r"[1-9]\d?", found["number"]):
        if found["apart"]:
            return None, rest
        raise _Held("a number follows that may not be a task's")
    if _ANOTHER.match(tail) or re.search(r"\b(?:ack|done|help|decline)\s*#?\d", tail, re.IGNORECASE):
        raise _Held("it speaks of several tasks")
    if any(_NUMBERED.match(line) for line in below.split("\n")):
        raise _Held("it speaks of several tasks")
    return int(found["number"]), tail


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
    # "I confirm it is done" says one thing.
    if other and other[0] is not answer and (answer, other[0]) != (Answer.CONFIRMED, Answer.DONE):
        raise _Held("the first line says two things")


def _may_follow(answer: Answer, rest: str) -> bool:
    code = answer is Answer.DONE and REFERENCE.match(rest)
    return bool(code or _FOLLOWED[answer].match(rest))


def _apart(rest: str) -> bool:
    """Nothing follows, or something that ends or parts: "done.", "done – thanks", not "done-ish" or "help/advice"."""
    return not rest.strip() or bool(
        re.match(r"\s*[.,;:!…()\"'*_\]]|\s+[-–—]|\s*[–—]\s?|-\s|\s*[^\w\s/&+%£$@#<>=~^|\\-]", rest)
    )


def _evidence(rest: str) -> str:
    """The links in the line, else a reference; never a plain word, for done with evidence closes a task."""
    links = [one.rstrip(".,;:!]}'" if "(" in one else ".,;:!)]}'") for one in LINK.findall(rest)]
    return " ".join(links) or next((one[0] for one in REFERENCE.finditer(rest)), "").rstrip(".-/")
