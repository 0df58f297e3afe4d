"""Write the director's Monday mail: eight lines at most and a line for pauses, each readable on a telephone."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from timeline.calendar.london import london_date
from timeline.calendar.wording import count, day_month
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Recipient
from timeline.director.monday_schedule import first_on
from timeline.director.monday_summary import Summary
from timeline.letters.mail_views import MailLine, MailLines
from timeline.letters.phrases import trial_run

SHOWN = 3
"""Items of a line; the others are counted."""
NOTHING = "Nothing needs you this week."
WAS_THIS_DONE = "Due before Daymark began: was this done?"
_MAY_BE_FORWARDED = "You can forward this mail as it is: nothing in it answers for you, and it names no person."


def monday_view(
    timeline: CouncilTimeline,
    summary: Summary,
    reader: Recipient,
    *,
    list_url: str,
    at: datetime,
    chain_end: tuple[int, str] = (0, ""),
) -> MailLines:
    """Build the mail to a reader (the director or the deputy) as it is true on the day of `at`.

    `chain_end` is the number of events of the audit chain and its last hash.
    """
    council, on = timeline.council, london_date(at)
    wanted = summary.in_confidence or summary.drafts
    return MailLines(
        programme_name=council.programme,
        council_name=council.name,
        greeting=reader.post.title,
        intro=_intro(timeline, reader, on),
        lines=lines(summary),
        list_url=list_url if wanted else "",
        closing=(_MAY_BE_FORWARDED, *_kept_outside(*chain_end)),
        shadow_for=_shadow(timeline, reader, on),
        ref="«token 0»",
    )


def _kept_outside(events: int, head: str) -> Iterator[str]:
    """Name the end of the audit chain: from outside it proves later that nothing before it was changed."""
    if events:
        yield f"The audit record had {count(events, 'event')} when this was written. Its proof is {head}."


def subject(timeline: CouncilTimeline, *, at: datetime) -> str:
    """Give words such as "Improvement programme: the week from Monday 18 November"."""
    return f"{timeline.council.programme}: the week from {day_month(_begins_on(timeline, london_date(at)))}"


def lines(summary: Summary) -> tuple[MailLine, ...]:
    """Give the lines that have something to say, in their order."""
    return tuple(_lines(summary))


def _first(summary: Summary) -> Iterator[MailLine]:
    if summary.ends:
        yield MailLine("Vesting day", summary.ends)
    if summary.quiet:
        yield MailLine("Paused", f"{'; '.join(summary.quiet)}. Nobody is asked about it.")


def _lines(summary: Summary) -> Iterator[MailLine]:
    yield from _first(summary)
    if summary.needs_nobody:
        yield MailLine("", NOTHING)
    elif summary.decide or not (summary.in_confidence or summary.drafts):
        yield MailLine("For you to decide or sign", listed(summary.decide) if summary.decide else "Nothing this week.")
    if summary.at_risk or summary.at_risk_in_confidence:
        yield MailLine("At risk", listed(summary.at_risk, in_confidence=summary.at_risk_in_confidence))
    for heading, items in _dated(summary):
        if items:
            yield MailLine(heading, listed(items))
    if summary.in_confidence or summary.drafts:
        yield MailLine("On your own list", _own_list(summary))


def _dated(summary: Summary) -> Iterator[tuple[str, Sequence[str]]]:
    yield WAS_THIS_DONE, summary.before_live
    yield "No meeting for the sign-off", summary.no_meeting
    yield "Legal dates in the next four weeks", summary.law
    yield "Moved", summary.moved
    yield "Met", summary.met


def listed(items: Sequence[str], *, in_confidence: int = 0) -> str:
    """List the first items and count the rest, such as "A; B; C; and 2 more."."""
    parts = list(items[:SHOWN])
    parts += [f"and {len(items) - SHOWN} more"] if len(items) > SHOWN else []
    parts += [f"{count(in_confidence, 'matter')} in confidence"] if in_confidence else []
    return f"{'; '.join(parts)}."


def _own_list(summary: Summary) -> str:
    confidence = f"{count(summary.in_confidence, 'matter')} in confidence" if summary.in_confidence else ""
    drafts = f"{count(summary.drafts, 'draft')} for the lead member, to release or discard" if summary.drafts else ""
    return f"{' and '.join(part for part in (confidence, drafts) if part)}. Ask for your list here:"


def _intro(timeline: CouncilTimeline, reader: Recipient, on: date) -> str:
    week = f"The week from {day_month(_begins_on(timeline, on))}, by duty."
    director = timeline.council.director
    if reader.post.key == director:
        return week
    return f"{week} This comes to you as deputy of the {timeline.directory.posts[director].title}."


def _begins_on(timeline: CouncilTimeline, on: date) -> date:
    return first_on(timeline, on=on) or on


def _shadow(timeline: CouncilTimeline, reader: Recipient, on: date) -> str:
    council = timeline.council
    if not council.in_shadow(on=on):
        return ""
    return trial_run(council, meant_for=f"the {reader.post.title}")
