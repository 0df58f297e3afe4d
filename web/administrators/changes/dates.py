"""Offer the forms of dates: record a fact, and move an occurrence, or say that it was held or cancelled."""

from collections.abc import Iterator, Sequence
from datetime import date

from config.rendering.texts import Texts
from models.store import RevisionKind
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.proposals import dates, offers
from tasks.proposals.proposal import Proposal
from timeline.calendar.london import london_date
from timeline.definitions.facts import PROCLAIMED, Fact
from timeline.planning.rescheduling import CANCELLED, HELD, MOVED
from timeline.steering.filters import Choice
from web.administrators.changes.fields import Field, Values
from web.administrators.changes.form import Form


def forms(t: Texts) -> Iterator[Form]:
    """Give the forms of this subject, in the order of the page."""
    yield Form(
        name="record", title=t("changes.record"), hint=t("changes.record_hint"), fields=_of_a_fact, propose=_record
    )
    yield Form(name="move", title=t("changes.move"), hint=t("changes.move_hint"), fields=_of_a_move, propose=_move)
    undo = t("changes.undo")
    yield Form(name="undo", title=undo, hint="", fields=_of_an_undo, propose=_undo, listed=False)


def _of_a_fact(run: CouncilRun, t: Texts) -> Sequence[Field]:
    return (
        Field(kind="select", name="fact", label=t("changes.fact"), choices=offers.facts(run)),
        Field(
            kind="select",
            name="ref",
            label=t("changes.about"),
            hint=t("changes.about_hint"),
            choices=offers.of_facts(run),
            needed=False,
        ),
        Field(kind="day", name="on", label=t("changes.on"), hint=t("changes.day_hint")),
        Field(kind="day", name="until", label=t("changes.until"), hint=t("changes.until_hint"), needed=False),
        Field(kind="line", name="source", label=t("changes.source"), hint=t("changes.source_hint")),
        Field(kind="line", name="called", label=t("changes.called"), hint=t("changes.called_hint"), needed=False),
        _by(run, t),
    )


def _record(run: CouncilRun, given: Values) -> Proposal:
    called = str(given["called"] or "") if given["fact"] == PROCLAIMED else ""
    return dates.recording(run, _fact(run, str(given["fact"]), given, called=called))


def _of_a_move(run: CouncilRun, t: Texts) -> Sequence[Field]:
    what = (
        Choice(MOVED, t("changes.moved")),
        Choice(HELD, t("changes.held")),
        Choice(CANCELLED, t("changes.cancelled")),
    )
    return (
        Field(kind="select", name="ref", label=t("changes.which"), choices=offers.occurrences(run)),
        Field(kind="radios", name="what", label=t("changes.what"), choices=what),
        Field(kind="day", name="on", label=t("changes.to"), hint=t("changes.to_hint"), needed=False),
        Field(kind="day", name="until", label=t("changes.until"), hint=t("changes.until_hint"), needed=False),
        Field(kind="line", name="source", label=t("changes.why"), hint=t("changes.why_hint")),
        Field(kind="line", name="with", label=t("changes.with"), hint=t("changes.with_hint"), needed=False),
        Field(kind="line", name="where", label=t("changes.where"), needed=False),
        _by(run, t),
    )


def _move(run: CouncilRun, given: Values) -> Proposal:
    if given["what"] == CANCELLED:
        if given["on"] or given["until"]:
            raise Refused("A cancelled date has no new day: leave the days empty, or say that it is moved.")
    elif given["on"] is None:
        raise Refused("A move needs the new day, and a meeting that was held the day on which it was.")
    fact = _fact(run, str(given["what"]), given)
    agreed = dates.as_agreed(fact, str(given["with"] or ""), str(given["where"] or ""))
    return dates.recording(run, agreed, kind=RevisionKind.MOVE)


def _fact(run: CouncilRun, name: str, given: Values, *, called: str = "") -> Fact:
    on, until = given["on"], given["until"]
    post = run.timeline.directory.posts[str(given["by"])]
    return Fact(
        name=name,
        on=on if isinstance(on, date) else london_date(run.at),
        until=until if isinstance(until, date) else None,
        known_at=run.at,
        who=post.title,
        source=str(given["source"]),
        occurrence=str(given["ref"]) if given["ref"] else None,
        called=called,
    )


def _by(run: CouncilRun, t: Texts) -> Field:
    """Ask for the post that says so: officers read it in the reason for a date, and the audit keeps who recorded it."""
    lead = run.timeline.council.programme_lead
    return Field(kind="select", name="by", label=t("changes.by"), choices=offers.posts(run), usual=lead)


def _of_an_undo(run: CouncilRun, t: Texts) -> Sequence[Field]:
    last = [each for each in run.store.changes.revisions() if each.what != RevisionKind.UNDO and not each.taken_back]
    choices = [Choice(f"{each.number}", dates.in_words(each)) for each in last[-1:]]
    # Sent twice, the second names a change that is taken back by now, and is told so.
    return (Field(kind="radios", name="change", label=t("changes.last"), choices=choices, judged_later=True),)


def _undo(run: CouncilRun, given: Values) -> Proposal:
    number = str(given["change"])
    return dates.undoing(run, int(number) if number.isdecimal() else 0)
