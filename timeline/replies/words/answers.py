"""Read the answer that a person wrote. A line must begin with a known word; a person reads anything uncertain."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from timeline.answers.responses import Answer
from timeline.replies.words.doubts import doubt_in, takes_back
from timeline.replies.words.first_line import first_line, next_paragraph, straight, without_greeting
from timeline.replies.words.harmless import only_harmless
from timeline.replies.words.numbers import Held, Numbered, OfAll, numbered, of_all, task_number
from timeline.replies.words.opening import Opening, is_only_polite, without_opening
from timeline.replies.words.vocabulary import (
    AS_A_PERSON,
    ASKS,
    FOLLOWED,
    HOLDING,
    LINK,
    LOOSE,
    MOVES,
    OF_RECEIPTS,
    QUESTION,
    REFERENCE,
    WORDS,
)

_KNOWN = {answer: re.compile(rf"({words})(?!\w|'\w)", re.IGNORECASE) for answer, words in WORDS.items()}
_HOLDING = re.compile(rf"({HOLDING})(?!\w|'\w)", re.IGNORECASE)
_FOLLOWED = {answer: re.compile(words, re.IGNORECASE) for answer, words in FOLLOWED.items()}
_COURTESY = re.compile(r"[ \t\n\"'*_)\]\-–—:,.!]*(?:please[ \t\n,.!:–—-]*[,.!:–—-][ \t\n]*)?", re.IGNORECASE)
_KEEP_WORDS = (Answer.HELP, Answer.DECLINED)
_CLOSES = (Answer.DONE, Answer.CONFIRMED)
_MOVED = "it asks for another date, and whoever decides about dates must see it"


@dataclass(frozen=True, kw_only=True)
class ReadAnswer:
    """Hold the answer in a reply; `number` is of the task it speaks of.

    `parts` are the answers by number where there are several; `of_all` says that it answers every task, of which there
    are `count` where the reply says so. `is_done` says that the words state that the task is done, as a
    confirmation may. `unread` says that words stand below which were not read, and `another_date` that another date is
    asked for.
    """

    answer: Answer | None = None
    number: int | None = None
    evidence: str = ""
    text: str = ""
    why: str = ""
    parts: tuple["ReadAnswer", ...] = ()
    of_all: bool = False
    count: int | None = None
    is_done: bool = False
    unread: bool = False
    another_date: bool = False


def read_answer(text: str, *, ours: str = "", names: Collection[str] = ()) -> ReadAnswer:
    """Read the answer in the text above the quote.

    `ours` is our token: a line that repeats it is our own. `names` are the sender's own, in lower case.
    """
    if not text.strip():
        return ReadAnswer(why="Nothing is written above the quote")
    plain = straight(text)
    moves = MOVES.search(plain)
    try:
        read = _read(plain, text, _Reader(ours, frozenset(names)))
    except Held as held:
        why = f"A person must read it: {_MOVED if moves else held}"
        return ReadAnswer(text=text, why=why, another_date=bool(moves))
    if moves and any(part.answer not in _KEEP_WORDS for part in read.parts or (read,)):
        return ReadAnswer(text=text, why=f"A person must read it: {_MOVED}", another_date=True)
    return read


def says_more(below: str, *, names: Collection[str] = ()) -> bool:
    """Tell whether lines say anything but thanks and a name."""
    return _Reader("", frozenset(names)).says_more(below)


def _read(plain: str, text: str, reader: "_Reader") -> ReadAnswer:
    written = without_greeting(plain)
    if not written:
        raise Held("it greets or thanks, and says nothing else")
    rest, _ = without_opening(written, yes=False)
    items = numbered(rest)
    every = None if items else of_all(rest)
    read = reader.items(items) if items else reader.every(every) if every else None
    read = read or reader.line(written)
    return read if read.answer in _KEEP_WORDS and not read.parts else replace(read, text=text)


class _Begun(NamedTuple):
    """Hold the answer with which a line begins, its word, the rest of the line, and whether nothing else may be
    said.
    """

    answer: Answer
    word: str
    rest: str
    alone: bool = False

    @property
    def says_done(self) -> bool:
        """Tell whether it says that the task is done: "done", or "I confirm that this is done"."""
        stated = _begins(re.sub(r"^\s*that\s", "", self.rest).lstrip()) if self.answer is Answer.CONFIRMED else self
        return stated is not None and stated.answer is Answer.DONE


@dataclass(frozen=True)
class _Reader:
    """Read the words of a person with these `names`, to whom we wrote with the token `ours`."""

    ours: str
    names: frozenset[str]

    def items(self, items: Sequence[Numbered]) -> ReadAnswer:
        """Read the answers by number; an answer that is not certain sends all of them to a person."""
        parts = [replace(self.line(item.words), number=number) for item in items for number in item.numbers]
        if len({part.number for part in parts}) < len(parts):
            raise Held("it answers a task twice")
        if len(parts) == 1:
            return parts[0]
        same = {part.answer for part in parts}
        numbers = ", ".join(f"{part.number}" for part in parts)
        return ReadAnswer(
            answer=same.pop() if len(same) == 1 else None,
            parts=tuple(parts),
            why=f"It answers the tasks {numbers}",
            unread=parts[-1].unread,
        )

    def every(self, every: OfAll) -> ReadAnswer | None:
        """Read an acknowledgement of every task; None where the words are no such thing."""
        read = self.line(every.words)
        if read.answer is not Answer.ACKNOWLEDGED or read.number:
            return None
        return replace(read, of_all=True, count=every.tasks, why="It acknowledges every task")

    def line(self, text: str) -> ReadAnswer:
        """Read the answer in the first line. Raise Held where it is not certain."""
        line, below = first_line(text)
        begun = self._begun(line)
        if self.ours and self.ours in line.lower():
            raise Held("the first line repeats our own mail")
        number, rest = task_number(begun.rest)
        begun = begun._replace(rest=rest)
        self._refuse_doubt(begun, below)
        tail = _COURTESY.sub("", f"{rest}\n{below}", count=1).rstrip()
        return ReadAnswer(
            answer=begun.answer,
            number=number,
            evidence=_evidence(rest) if begun.says_done else "",
            text=tail if begun.answer in _KEEP_WORDS else "",
            why=f"The first line begins with “{begun.word.lower()}”",
            is_done=begun.says_done,
            unread=begun.answer not in _KEEP_WORDS and self.says_more(below),
        )

    def _begun(self, line: str) -> _Begun:
        rest, openings = without_opening(line)
        begun = _begins(rest)
        if begun is None and Opening.YES in openings and only_harmless(Answer.ACKNOWLEDGED, rest, self.names):
            begun = _Begun(Answer.ACKNOWLEDGED, "yes", rest, alone=True)
        if begun is None:
            unclear = QUESTION.search(line) or ASKS.search(line)
            raise Held(
                "the first line asks something" if unclear else "the first line does not begin with a known word"
            )
        declines = begun.answer is Answer.DECLINED
        if (declines and Opening.YES in openings) or (Opening.NO in openings and not declines):
            raise Held("the first line says two things")
        return begun

    def _refuse_doubt(self, begun: _Begun, below: str) -> None:
        said = f"the first line begins with “{begun.word.lower()}” and goes on with"
        if doubt := doubt_in(begun.answer, begun.word, begun.rest):
            raise Held(f"{said} “{doubt.lower()}”")
        if LINK.search(begun.rest) and not begun.says_done:
            raise Held(f"the first line begins with “{begun.word.lower()}” and holds a link")
        if not self._may_be_said(begun):
            raise Held(f"{said} other words")
        other = _begins(begun.rest.lstrip(" \t.,;:!/&+-–—()"))
        # "I confirm it is done" is a single answer.
        if (
            other
            and other.answer is not begun.answer
            and (begun.answer, other.answer) != (Answer.CONFIRMED, Answer.DONE)
        ):
            raise Held("the first line says two things")
        if begun.alone and takes_back(next_paragraph(below)):
            raise Held(f"{said} words below that may take it back")

    def _may_be_said(self, begun: _Begun) -> bool:
        """Tell whether the rest of the line leaves the answer as it is."""
        if begun.alone or begun.answer in _CLOSES:
            rest = REFERENCE.sub(" ", LINK.sub(" ", begun.rest)) if begun.says_done else begun.rest
            return only_harmless(begun.answer, rest, self.names)
        if OF_RECEIPTS.fullmatch(begun.word) and not AS_A_PERSON.search(begun.rest):
            return only_harmless(begun.answer, begun.rest, self.names)
        follows = (
            _apart(begun.rest) or LOOSE.fullmatch(begun.word) or _FOLLOWED[begun.answer].match(begun.rest.strip(" \t<"))
        )
        may_hold = begun.answer is Answer.ACKNOWLEDGED and only_harmless(begun.answer, begun.rest, self.names)
        return bool(follows) or may_hold

    def says_more(self, below: str) -> bool:
        """Tell whether the lines below say anything but thanks and a name."""
        lines = [line.strip() for line in below.split("\n") if line.strip() and not is_only_polite(line)]
        while lines and _NAME.fullmatch(lines[-1]) and not _begins(lines[-1]):
            lines.pop()
        return any(not only_harmless(Answer.ACKNOWLEDGED, line, self.names) for line in lines)


_NAME = re.compile(r"[A-Z][\w'’-]{0,20}(?: [A-Z][\w'’-]{0,20}){0,3}[.,]?")
"""A line that may be a name or a post, at the end of a mail: such as "Pat", "Pat Lee" or "Team Manager"."""


def _begins(line: str) -> _Begun | None:
    """Return the answer that the line begins with; the longest word wins."""
    begun = [
        _Begun(answer, matched[1], line[matched.end() :])
        for answer, pattern in _KNOWN.items()
        if (matched := pattern.match(line))
    ]
    if matched := _HOLDING.match(line):
        begun.append(_Begun(Answer.ACKNOWLEDGED, matched[1], line[matched.end() :], alone=True))
    return max(begun, key=lambda each: len(each.word), default=None)


def _apart(rest: str) -> bool:
    """Tell whether nothing follows, or a mark that ends or separates: "done.", not "done-ish" or "help/advice"."""
    return not rest.strip() or bool(
        re.match(r"\s*[.,;:!…()\"'*_\]]|\s+[-–—]|\s*[–—]\s?|-\s|\s*[^\w\s/&+%£$@#<>=~^|\\-]", rest)
    )


def _evidence(rest: str) -> str:
    """Return the links in the line, else a reference; never a plain word, for done with evidence closes a task."""
    links = [link.rstrip(".,;:!]}'" if "(" in link else ".,;:!)]}'") for link in LINK.findall(rest)]
    return " ".join(links) or next((matched[0] for matched in REFERENCE.finditer(rest)), "").rstrip(".-/")
