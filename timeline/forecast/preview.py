"""Compare the plan of the stored timeline with the plan of another timeline, at the same instant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from timeline.answers.responses import Response
from timeline.calendar.london import london_date
from timeline.calendar.wording import iso_date, plain_name
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Directory, Post
from timeline.definitions.refs import occurrence_of
from timeline.escalation.day import horizon
from timeline.escalation.prompts import ENDED, SHADOW, LedgerEntry
from timeline.forecast.causes import Causes, causes
from timeline.forecast.changes import Change
from timeline.forecast.conflicts import conflicts
from timeline.forecast.handover import Tasks, handovers
from timeline.planning.occurrences import Milestone, Occurrence, OccurrenceState
from timeline.planning.plan import plan


def people_changes(before: Directory, after: Directory) -> Iterator[Change]:
    """Find the posts whose own particulars, holders, or holders' names or addresses change.

    People whose other particulars change, and changed absences, come last.
    """
    for post in sorted({*before.posts, *after.posts}):
        yield from _post(before.posts.get(post), after.posts.get(post))
        was, becomes = _holders(before, post), _holders(after, post)
        if was != becomes:
            yield Change(change="people", ref=post, from_=", ".join(was), to=", ".join(becomes))
    away = [
        tuple(f"{absence.person} {absence.from_on} to {absence.until_on}" for absence in directory.absences)
        for directory in (before, after)
    ]
    yield from _particulars(before, after)
    if away[0] != away[1]:
        yield Change(change="people", ref="absences", from_=", ".join(away[0]), to=", ".join(away[1]))


def _post(was: Post | None, now: Post | None) -> Iterator[Change]:
    if was and now and was != now:
        names = [name for name in was.__dataclass_fields__ if getattr(was, name) != getattr(now, name)]
        old, new = (
            ", ".join(f"{plain_name(name)} {getattr(post, name) or 'none'}" for name in names) for post in (was, now)
        )
        yield Change(change="post", ref=now.key, from_=old, to=new)


def _particulars(before: Directory, after: Directory) -> Iterator[Change]:
    for key in sorted(before.people.keys() & after.people.keys()):
        was, now = before.people[key], after.people[key]
        names = [name for name in _PARTICULARS if getattr(was, name) != getattr(now, name)]
        if names:
            yield Change(change="people", ref=key, why=f"Other {', '.join(names)}.")


_PARTICULARS = ("channels", "works", "teams", "phone", "shared")


def _holders(directory: Directory, post: str) -> tuple[str, ...]:
    held = ((directory.people[holder.person], holder) for holder in directory.holders if holder.post == post)
    return tuple(
        " ".join(filter(None, (person.name, person.address, _iso(holder.from_on), _iso(holder.until_on))))
        for person, holder in held
    )


NO_RESPONSES: Mapping[str, Sequence[Response]] = {}


def compare(
    before: CouncilTimeline,
    after: CouncilTimeline,
    entries: Mapping[str, Sequence[LedgerEntry]],
    responses: Mapping[str, Sequence[Response]] = NO_RESPONSES,
    *,
    at: datetime,
) -> tuple[Change, ...]:
    """List every difference at `at`, by kind; `entries` is the ledger, `responses` are the answers given.

    Time that passes makes no difference.
    """
    why = causes(before, after, at=at)
    was, now = (
        plan(council_timeline, at=at, until=horizon(council_timeline, at=at)) for council_timeline in (before, after)
    )
    heard = _Heard(before.directory, before.council.programme_lead, entries, at)
    facts = (Change(change="fact", ref=ref or name, why=text) for (ref, name), text in why.facts.items())
    return (
        *facts,
        *(Change(change="calendar", ref=after.council.key, why=text) for text in why.days_off),
        *(Change(change="duty", ref=key, why=text) for key, text in why.duties.items()),
        *_occurrences(was, now, why),
        *_milestones(was, now, why, heard),
        *people_changes(before.directory, after.directory),
        *_handed_over((before, was), (after, now), entries, responses, at),
        *_pauses(before, after),
        *_council(before, after),
        *_warnings((before, was), (after, now), on=london_date(at)),
    )


@dataclass(frozen=True)
class _Heard:
    directory: Directory
    lead: str
    said: Mapping[str, Sequence[LedgerEntry]]
    at: datetime

    def of(self, milestone: Milestone) -> tuple[str, ...]:
        """List the people who heard its date, by name and post."""
        rows = [entry for entry in self.said.get(milestone.ref, ()) if entry.accepted_at and entry.key.rung != ENDED]
        people = [entry.key.person for entry in rows if entry.key.due_on == milestone.due_on]
        return tuple(dict.fromkeys(self._named(person) for person in people))

    def _named(self, person: str) -> str:
        on = self.at.date()
        if person.startswith(SHADOW):
            lead = self.directory.holder(self.lead, on=on)
            person = lead.person.key if lead else person.removeprefix(SHADOW)
        known = self.directory.people.get(person)
        held = (holder.post for holder in self.directory.holders if holder.person == person and holder.holds(on=on))
        titles = ", ".join(self.directory.posts[post].title for post in held if post in self.directory.posts)
        return f"{known.name if known else person}" + (f" ({titles})" if titles else "")


def _occurrences(was: Sequence[Occurrence], now: Sequence[Occurrence], why: Causes) -> Iterator[Change]:
    before, after = (
        {occurrence.ref: occurrence for occurrence in was},
        {occurrence.ref: occurrence for occurrence in now},
    )
    for ref in {**before, **after}:
        old, new = before.get(ref), after.get(ref)
        what = _occurrence_changed(old, new)
        either = new or old
        if what and either:
            because = why.of(either.obligation, ref)
            yield Change(change=what, ref=ref, from_=_span(old), to="" if what in _ENDS else _span(new), why=because)


_ENDS = ("removed", "cancelled")


def _occurrence_changed(old: Occurrence | None, new: Occurrence | None) -> str:
    if old is None or new is None:
        return "added" if old is None else "removed"
    if old.state is not new.state and new.state in (OccurrenceState.CANCELLED, OccurrenceState.TOOK_PLACE):
        return new.state.value
    if _span(old) != _span(new):
        return "moved"
    return new.state.value if old.state is not new.state else ""


def _milestones(was: Sequence[Occurrence], now: Sequence[Occurrence], why: Causes, heard: _Heard) -> Iterator[Change]:
    before, after = (
        {task.ref: task for occurrence in occurrences for task in occurrence.milestones} for occurrences in (was, now)
    )
    for ref in {**before, **after}:
        old, new = before.get(ref), after.get(ref)
        either = new or old
        if either is None:
            continue
        because = why.of(either.obligation, occurrence_of(ref))
        if what := _milestone_changed(old, new):
            told = heard.of(old) if old else ()
            to = "" if what in _ENDS or new is None else _iso(new.due_on)
            yield Change(change=what, ref=ref, from_=_iso(old.due_on) if old else "", to=to, why=because, told=told)
        if old and new and old.owner != new.owner:
            yield Change(change="reassigned", ref=ref, from_=old.owner, to=new.owner, why=because)


def _milestone_changed(old: Milestone | None, new: Milestone | None) -> str:
    if old is None or new is None:
        return "added" if old is None else "removed"
    if new.closed_because and not old.closed_because:
        return "cancelled"
    return "moved" if old.due_on != new.due_on or (old.closed_because and not new.closed_because) else ""


def _handed_over(
    before: tuple[CouncilTimeline, Sequence[Occurrence]],
    after: tuple[CouncilTimeline, Sequence[Occurrence]],
    entries: Mapping[str, Sequence[LedgerEntry]],
    responses: Mapping[str, Sequence[Response]],
    at: datetime,
) -> Iterator[Change]:
    was, now = (Tasks(timeline, occurrences) for timeline, occurrences in (before, after))
    for handover in handovers(was, now, entries, responses, at=at):
        yield Change(change="handed over", ref=handover.ref, from_=handover.from_, to=handover.to, why=handover.why)


def _pauses(before: CouncilTimeline, after: CouncilTimeline) -> Iterator[Change]:
    for pause in (*before.pauses, *after.pauses):
        if pause.obligation and (pause in before.pauses) != (pause in after.pauses):
            days = f"{_iso(pause.from_on)} to {_iso(pause.until_on)}"
            was, now = (days, "") if pause in before.pauses else ("", days)
            yield Change(change="pause", ref=pause.obligation, from_=was, to=now, why="Nobody is asked about it then.")


def _council(before: CouncilTimeline, after: CouncilTimeline) -> Iterator[Change]:
    was, now = before.council, after.council
    differ = [plain_name(name) for name in was.__dataclass_fields__ if getattr(was, name) != getattr(now, name)]
    if differ:
        yield Change(change="council", ref=now.key, why=f"Other settings: {', '.join(differ)}.")


def _warnings(*plans: tuple[CouncilTimeline, Sequence[Occurrence]], on: date) -> Iterator[Change]:
    """List the conflicts that the change brings; `check` reports those that were there before."""
    before, after = (conflicts(timeline, occurrences, on=on) for timeline, occurrences in plans)
    for conflict in after:
        if conflict not in before:
            yield Change(change="warning", ref=conflict.ref, why=conflict.text)


def _span(occurrence: Occurrence | None) -> str:
    if occurrence is None:
        return ""
    first = occurrence.starts_on or occurrence.opens_on or occurrence.legal_on
    last = occurrence.ends_on or occurrence.closes_on or first
    return _iso(first) if first == last else f"{_iso(first)} to {_iso(last)}"


def _iso(on: date | None) -> str:
    return iso_date(on) or ""
