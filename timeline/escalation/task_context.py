"""Gather everything that bears on a decision about a milestone at an instant: what was sent, answered and paused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from timeline.answers.binding import binding_answers
from timeline.answers.responses import ON_RECORD, Answer, RecordedResponse, Response, State, TaskStatus, task_status
from timeline.calendar.london import london_date
from timeline.definitions.council import CouncilTimeline, Pause
from timeline.definitions.duties import OWNER, Rung, Unless
from timeline.definitions.facts import Fact
from timeline.escalation.audience import AtAnInstant, Audience
from timeline.escalation.prompts import MOVED, OF_ANSWERS, SHADOW, LedgerEntry, PromptKind, PromptState
from timeline.escalation.rung_times import RungTime, rung_times
from timeline.planning.occurrences import Milestone
from timeline.planning.rescheduling import CANCELLED

if TYPE_CHECKING:
    # It imports this module: only its name is needed here.
    from timeline.escalation.rag import Rated


# About 70 working days: after them no date of law that counts from a receipt is still to come.
_DATES_HANG_ON = timedelta(weeks=15)


@dataclass(frozen=True)
class TaskContext(AtAnInstant):
    """Hold everything that bears on a decision about a milestone at an instant.

    `entries` and `status` hold what was written and answered by `at` about the date that holds, `entries_before` what
    was written about other dates.
    """

    timeline: CouncilTimeline
    milestone: Milestone
    entries: tuple[LedgerEntry, ...]
    status: TaskStatus
    at: datetime
    entries_before: tuple[LedgerEntry, ...] = ()

    @cached_property
    def audience(self) -> Audience:
        """Give the people who are asked or told, and who may hear of it."""
        return Audience(self.timeline, self.milestone, self.status, self.at)

    @cached_property
    def rated(self) -> "dict[bool, Rated]":
        """Hold the colours worked out so far, by whether its committee has agreed."""
        return {}

    @property
    def live_from(self) -> date | None:
        return self.council.live_since(self.milestone.obligation)

    @property
    def went_live(self) -> str:
        """Say what began on that day."""
        return "going live" if self.live_from == self.council.live_from else "the practice was chosen"

    @property
    def is_history(self) -> bool:
        """Tell whether it was due before the council went live: shown, and never chased.

        A day that nobody knows is asked for also by a council that goes live after it, while dates to come hang on it.
        """
        due_on, live_from = self.milestone.due_on, self.live_from
        is_unknown = self.milestone.finds_out and self.milestone.recorded is None
        if is_unknown and due_on and live_from and live_from - due_on < _DATES_HANG_ON:
            return False
        return due_on is not None and live_from is not None and due_on < live_from

    @cached_property
    def pause(self) -> Pause | None:
        """Give the pause of its duty that holds today, or the wait of what is not published before an election."""
        return self.pause_on(self.on)

    def pause_on(self, on: date) -> Pause | None:
        election = self.timeline.election(on=on) if self.milestone.waits_for_election else None
        both = (self.timeline.paused(self.milestone.obligation, on=on), election)
        return max(filter(None, both), key=lambda pause: pause.until_on, default=None)

    @property
    def held_up_by(self) -> Pause | None:
        """Give that pause, unless nothing of the ladder would have been said before it ends."""
        held_up = self.pause and any(rung_time.at < self.pause.ends_at for rung_time in self.rung_times())
        return self.pause if held_up else None

    @property
    def asked_before(self) -> bool:
        """Tell whether the owner has had a mail about this date already."""
        asked = (entry for entry in self.entries if entry.selector == OWNER and entry.kind is not PromptKind.CORRECTION)
        return any(entry.accepted_at and entry.accepted_at < self.at for entry in asked)

    def rung_times(self) -> list[RungTime]:
        """List every rung time the milestone's ladder wants, as far as it is known now."""
        return self._rung_times

    @cached_property
    def _rung_times(self) -> list[RungTime]:
        first_on = self._first_prompt_on()
        return rung_times(self.milestone, first_prompt_on=first_on, office=self.office, mail_at=self.council.mail_at)

    def _first_prompt_on(self) -> date | None:
        """Give the day on which the owner was first asked; after an answer, first asked again.

        A person who has answered is not reported as silent.
        """
        answered_at = self.status.response.at if self.status.response else None
        asked = (entry.accepted_at for entry in self._to_owner() if entry.accepted_at)
        first_at = min((at for at in asked if answered_at is None or at > answered_at), default=None)
        return london_date(first_at) if first_at else None

    def _to_owner(self) -> list[LedgerEntry]:
        """List what the person asked today was asked; a correction asks for nothing."""
        asked = (entry for entry in self._told_owner() if entry.kind is not PromptKind.CORRECTION)
        return [entry for entry in asked if entry.selector == OWNER]

    def _told_owner(self) -> list[LedgerEntry]:
        """List what the person asked today was told, as a manager too, and the owner before going away; in shadow and
        after it these are different rows.
        """
        theirs = {
            self.audience.person_key(recipient)
            for recipient in (self.audience.asked(), self.audience.in_post())
            if recipient
        }
        return [entry for entry in self.entries if entry.key.person in theirs]

    def corrected(self, person: str, rung_at: datetime, *, timed: bool = False) -> bool:
        """Tell whether a correction gives this person (a key of the ledger) the date that holds, as late as this rung.

        In the same day's mail the rung would only repeat it.
        """
        ours = (entry for entry in self.entries if entry.key.rung == MOVED and entry.key.person == person)
        telling = (entry.rung_at for entry in ours if entry.state in (PromptState.WAITING, PromptState.SENT))
        return any(at >= rung_at or (not timed and _day(at) == _day(rung_at)) for at in telling)

    def is_superseded_by(self, entry: LedgerEntry, rung_at: datetime) -> bool:
        """Tell whether an entry makes a rung of that instant out of date.

        If the rung was removed from the ladder, count only entries that were sent, those of the same instant too:
        the rung may have been renamed, and must not be sent twice.
        """
        if entry.key.rung not in {*(rung.key for rung in self.milestone.ladder.rungs), *OF_ANSWERS}:
            return entry.state is PromptState.SENT and entry.rung_at >= rung_at
        return entry.state is not PromptState.SUPERSEDED and entry.rung_at > rung_at

    def is_silenced(self, rung: Rung, *, until: datetime) -> bool:
        """Tell whether an answer stops the asking; once it has run out by `until`, we ask again."""
        if rung.unless is not Unless.ACKNOWLEDGED or self.status.state is State.OPEN or self.audience.declined:
            return False
        return self.status.until_at is None or self.status.until_at > until

    def owner_had_notice(self) -> bool:
        """Tell whether escalations may begin (design, "Decide").

        The owner's prompt must have been accepted a working day ago, or proved undeliverable.
        A correction that tells the date counts as a prompt, because no rung repeats it. An owner who declined has
        heard of it. Nobody is waited for where nobody can be asked, or where the person asked may not hear of it yet.
        """
        owner = self.audience.asked()
        given = owner is not None and owner == self.audience.delegate()
        if owner is None or self.audience.declined or not (given or self.audience.may_hear(OWNER, owner)):
            return True
        told = self._told_owner()
        heard = [entry.accepted_at for entry in told if entry.accepted_at and entry.accepted_at <= self.at]
        had_a_day = any(self.office.ahead(london_date(at), 1) <= self.on for at in heard)
        return had_a_day or any(entry.undeliverable for entry in told)


def task_context(
    timeline: CouncilTimeline,
    milestone: Milestone,
    entries: Sequence[LedgerEntry] = (),
    responses: Sequence[Response] = (),
    *,
    at: datetime,
) -> TaskContext:
    """Build the context at `at`: leave out what was written or answered later, and keep other dates apart."""
    timeline = timeline.as_known(at=at)
    heard = [entry for entry in entries if entry.written_at <= at]
    answers = still_binding(timeline, milestone, heard, responses, on=london_date(at))
    now = task_status(milestone, (*answers, *_on_record(timeline, milestone)), office=timeline.calendars.office, at=at)
    # A rung of a later day was said by a clock that was ahead: until its own day it silences no other.
    by_today = (entry for entry in heard if london_date(entry.rung_at) <= london_date(at))
    about_it = tuple(entry for entry in by_today if entry.key.due_on == milestone.due_on)
    before = tuple(entry for entry in heard if entry.key.due_on != milestone.due_on)
    return TaskContext(timeline, milestone, about_it, now, at, before)


def _on_record(timeline: CouncilTimeline, milestone: Milestone) -> Iterator[Response]:
    """Give the word of the fact that says that a task is done: it needs a second person as an answer does."""
    fact, live_from = milestone.recorded, timeline.council.live_since(milestone.obligation)
    if fact is None:
        return
    due_on = milestone.due_on or fact.on
    asked = milestone.chased and not (live_from and due_on < live_from)
    yield RecordedResponse(
        happened_on=fact.on,
        milestone=milestone.ref,
        due_on=due_on,
        person="",
        answer=Answer.DONE,
        at=fact.known_at,
        via=ON_RECORD,
        evidence=fact.source or fact.name,
        ended="cancelled" if fact.name == CANCELLED else "done",
        answered_by=fact.who,
        by=_recorded_by(timeline, fact),
        to_confirm=milestone.needs_second_person and asked,
    )


def _recorded_by(timeline: CouncilTimeline, fact: Fact) -> str:
    """Give the key of the person who recorded a fact, by name, address or post; empty where nobody can tell."""
    directory = timeline.directory
    posts = (post.key for post in directory.posts.values() if fact.who.casefold() in (post.key, post.title.casefold()))
    held = (directory.holder(post, on=london_date(fact.known_at)) for post in posts)
    return directory.called(fact.who) or next((holder.person.key for holder in held if holder), "")


def still_binding(
    timeline: CouncilTimeline,
    milestone: Milestone,
    entries: Sequence[LedgerEntry],
    responses: Sequence[Response],
    *,
    on: date,
) -> tuple[Response, ...]:
    """Give the answers that bind somebody on that day, by who holds which post then and for which they were asked."""
    asked_as: dict[str, set[str]] = {}
    for entry in entries if responses else ():
        asked_as.setdefault(entry.key.person.removeprefix(SHADOW), set()).add(entry.post)
    return binding_answers(milestone, responses, timeline.directory, on=on, asked_as=asked_as)


def _day(at: datetime) -> date:
    return london_date(at)
