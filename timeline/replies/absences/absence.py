"""Read the days on which an automatic reply says that its writer is away. Daymark keeps the dates and no other word of
it.

A wrong date takes a person off their tasks, so a day counts only where the words leave no doubt. It takes five steps:

1. Read the note's first letters into sentences and clauses, with a mark in place of each day.
2. Find whom each clause is about: the writer, somebody else, or, with unknown words, nobody can say.
3. Of the writer's clauses take the days until which they are away, the days on which they are back, and spans.
4. Work out the date of each: without a year it is the nearest to the mail.
5. Where two of them contradict each other, or the last day has passed, there is no absence.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from timeline.calendar.london import DAY, london_date
from timeline.replies.absences.clauses import Note, note, sentences
from timeline.replies.absences.stated_days import YEARS
from timeline.replies.absences.stated_spans import NO_SPAN, Span, distance
from timeline.replies.absences.statements import Owner, Said, Statement, read_sentence

MOST_LETTERS = 4_000
# A person who is away longer than this has left, or the year is a slip.
_LONGEST = timedelta(days=550)
_YEARS_APART = timedelta(days=300)


def absence(text: str, written: str) -> Span:
    """Return the first and the last day away, each None where the text does not state it clearly.

    `written` is the mail's Date header: a day without a year is the nearest to it, and a day that has passed is
    forgotten.
    """
    sent_on = _sent_on(written)
    read = note(text[:MOST_LETTERS])
    first, last = _together(set(_stated(read, sent_on)), sent_on)
    if first and last and last - first > _YEARS_APART:
        # Its year stands only beside the day of return: "from 23 December to 3 January, back on 4 January 2027".
        first, last = _together(set(_stated(read, last)), last)
    if last is None or (sent_on and not sent_on <= last <= sent_on + _LONGEST):
        return NO_SPAN
    return (first if first and first <= last else None), last


def _stated(read: Note, sent_on: date | None) -> Iterator[Statement]:
    for paragraph in read.paragraphs:
        owner = Owner.OPEN
        for on_a_line, clauses in sentences(paragraph):
            stays = owner is Owner.OTHER or (on_a_line and owner is Owner.UNKNOWN)
            stated, owner = read_sentence(read, clauses, owner if stays else Owner.OPEN, sent_on)
            yield from stated


def _together(stated: set[Statement], sent_on: date | None) -> Span:
    """Return the absence that all statements agree on; none where they contradict each other."""
    spans = {(each.first, each.last) for each in stated if each.said is Said.SPAN}
    if len(spans) > 1:
        spans = {span for span in spans if not distance(span, sent_on)}
    ends = {each.last for each in stated if each.said is Said.UNTIL} | {last for _, last in spans}
    backs = {each.last for each in stated if each.said is Said.BACK}
    begins = {first for first, _ in spans} or {each.first for each in stated if each.said is Said.BEGINS}
    if None in ends | backs or len(ends) > 1 or len(backs) > 1:
        return NO_SPAN
    end, back = next(iter(ends), None), next(iter(backs), None)
    # Some writers mean "until" to include the day of return, so "back on" is more exact.
    if end and back and end - back > DAY:
        return NO_SPAN
    return (begins.pop() if len(begins) == 1 else None), back or end


def _sent_on(written: str) -> date | None:
    """Return the day in London on which the mail was written."""
    try:
        at: datetime = parsedate_to_datetime(written)
        day = london_date(at) if at.tzinfo else at.date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day if day.year in YEARS else None
