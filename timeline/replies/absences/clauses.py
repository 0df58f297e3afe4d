"""Read a note in clauses, with a mark in place of each day, span and time that it states."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from timeline.replies.absences.day_words import ENGLISH_MONTHS, MONTHS, ONLY_WEEKDAYS
from timeline.replies.absences.phrases import plain_words
from timeline.replies.absences.stated_days import StatedDay, Token, day_at, time_at, tokens, year_at
from timeline.replies.absences.stated_spans import StatedSpan

_WRAPPED = re.compile(
    r"\n[ \t]*(?=[a-z0-9]|(?:"
    + "|".join({*ENGLISH_MONTHS, *ONLY_WEEKDAYS} - {"may", "sat", "sun", "mon"})
    + r")[a-z]*\b)",
    re.IGNORECASE,
)
MOST_DAYS = 24
"""A note has fewer; the days after these are read as numbers, so that a stranger's mail takes no long time."""
_ENDS = frozenset(".!?;")
_BREAKS = frozenset((*",()-/|*", "–", "—", "•", "and", "but", "so", "then", "ac", "because", "while", "whilst", "when"))
_DROPPED = frozenset(':"“”')
_TO = r"(?:to|until|till|'til|til|up to|through|thru|i|-|–|—)"
_DAY = r"(?:(~\d+) )?(?:on )?(?:the |y )?{0}(?: (?:at )?(~\d+))?"
_SPAN = re.compile(
    rf"(?<!\S)(?:(?:from|between|starting|o) )?{_DAY.format('([@$][0-9]+)')} {_TO} {_DAY.format('(@[0-9]+)')}(?!\S)"
    rf"|(?<!\S)between {_DAY.format('([@$][0-9]+)')} (?:and|a|ac) {_DAY.format('(@[0-9]+)')}(?!\S)"
)


@dataclass
class Note:
    """Hold the clauses of a note by sentence, and what the marks in them stand for."""

    days: list[StatedDay] = field(default_factory=list)
    spans: list[StatedSpan] = field(default_factory=list)
    hours: list[float] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)

    def day(self, mark: str) -> StatedDay:
        return self.days[int(mark[1:])]

    def span(self, mark: str) -> StatedSpan:
        return self.spans[int(mark[1:])]

    def hour(self, mark: str | None) -> float | None:
        return self.hours[int(mark[1:])] if mark else None


def note(text: str) -> Note:
    """Read a note's paragraphs into words and marks: "until @0"."""
    made = Note()
    folded = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    for paragraph in re.split(r"\n[ \t]*\n", _WRAPPED.sub(" ", folded.replace("’", "'").replace("‘", "'"))):
        marked = " ".join(_marked(made, plain_words(re.sub(r"[ \t]+", " ", paragraph.lower()))))
        made.paragraphs.append(_SPAN.sub(lambda matched: _as_span(made, matched), marked))
    return made


def _marked(made: Note, text: str) -> Iterator[str]:
    given, place = tokens(text), 0
    while place < len(given):
        if (time := time_at(given, place)) is not None:
            made.hours.append(time[0])
            yield f"~{len(made.hours) - 1}"
            place = time[1]
        elif len(made.days) < MOST_DAYS and (day := _day(given, place)) is not None:
            made.days.append(day[0])
            yield f"{'$' if _is_bare(day[0]) else '@'}{len(made.days) - 1}"
            place = day[1]
        else:
            yield "0" if given[place].text[0].isdigit() else given[place].text
            place += 1


def _day(given: Sequence[Token], place: int) -> tuple[StatedDay, int] | None:
    if given[place].text == "endofweek":
        return StatedDay(this_week=True), place + 1
    if given[place].text in MONTHS and [token.text for token in given[max(place - 2, 0) : place]] == ["end", "of"]:
        year, end = year_at(given, place + 1)
        return StatedDay(month=MONTHS[given[place].text], year=year), end
    return day_at(given, place)


def _is_bare(day: StatedDay) -> bool:
    """Tell whether it is a number that only a month after it makes a day."""
    return day.day is not None and day.month is None and not day.ordinal and day.weekday is None


def _as_span(made: Note, matched: re.Match[str]) -> str:
    before_first, first, at_first, before_last, last, at_last = (
        matched.groups()[:6] if matched[2] else matched.groups()[6:]
    )
    days = made.day(first), made.day(last)
    if any(day.day is None and day.in_days is None for day in days):
        return matched[0]
    made.spans.append(StatedSpan(*days, made.hour(before_first or at_first), made.hour(before_last or at_last)))
    return f"#{len(made.spans) - 1}"


def sentences(paragraph: str) -> Iterator[tuple[bool, list[str]]]:
    """Split a paragraph into sentences of clauses; tell of each whether it begins on a line of its own."""
    clauses: list[list[str]] = [[]]
    on_a_line = True
    for word in paragraph.split(" "):
        if word in _ENDS or word == "\n":
            yield on_a_line, _joined(clauses)
            clauses, on_a_line = [[]], word == "\n"
        elif word in _BREAKS:
            clauses.append([])
        elif word not in _DROPPED:
            clauses[-1].append(word)
    yield on_a_line, _joined(clauses)


def _joined(clauses: list[list[str]]) -> list[str]:
    return [" ".join(clause) for clause in clauses if clause]
