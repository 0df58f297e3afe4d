"""The ground of one decision: all that bears on one milestone at one instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from timeline.answers.responses import Response, State, standing, still_stands
from timeline.calendar.bank_holidays import LONDON
from timeline.definitions.council import CouncilTimeline, Pause
from timeline.definitions.duties import OWNER, Rung, Unless
from timeline.escalation.audience import Whom
from timeline.escalation.prompts import MOVED, OF_ANSWERS, PromptKind, PromptState, Said
from timeline.escalation.rung_times import Moment, moments
from timeline.planning.occurrences import Milestone


@dataclass(frozen=True)
class Ground(Whom):
    """All that bears on one decision: who hears of it, and what was said and answered."""

    @property
    def is_history(self) -> bool:
        """Due before the council went live: shown, and never chased."""
        due_on, live_from = self.milestone.due_on, self.council.live_from
        return due_on is not None and live_from is not None and due_on < live_from

    @property
    def pause(self) -> Pause | None:
        """The pause of its duty that holds today."""
        return self.timeline.paused(self.milestone.obligation, on=self.on)

    @property
    def held_up_by(self) -> Pause | None:
        """That pause, unless nothing of the ladder would have been said before it ends."""
        held_up = self.pause and any(moment.at < self.pause.ends_at for moment in self.moments())
        return self.pause if held_up else None

    @property
    def asked_before(self) -> bool:
        """Whether the owner has had a mail about this date already."""
        asked = (one for one in self.said if one.selector == OWNER and one.kind is not PromptKind.CORRECTION)
        return any(one.accepted_at and one.accepted_at < self.at for one in asked)

    def moments(self) -> list[Moment]:
        """Every saying the milestone's ladder wants, as far as it is known now."""
        first_on = self._first_prompt_on()
        return moments(self.milestone, first_prompt_on=first_on, office=self.office, mail_at=self.council.mail_at)

    def _first_prompt_on(self) -> date | None:
        """When the owner was first asked; after an answer, when the owner was first asked again: whoever has
        answered is not reported as silent.
        """
        answered_at = self.standing.response.at if self.standing.response else None
        asked = (one.accepted_at for one in self._to_owner() if one.accepted_at)
        first_at = min((at for at in asked if answered_at is None or at > answered_at), default=None)
        return first_at.astimezone(LONDON).date() if first_at else None

    def _to_owner(self) -> list[Said]:
        """What the person who is asked today was asked: a correction asks for nothing."""
        asked = (one for one in self._told_owner() if one.kind is not PromptKind.CORRECTION)
        return [one for one in asked if one.selector == OWNER]

    def _told_owner(self) -> list[Said]:
        """What the person who is asked today was told, as a manager too, and the owner before going away; in shadow and
        after it these are different rows.
        """
        theirs = {self.person_key(one) for one in (self.asked(), self.in_post()) if one}
        return [one for one in self.said if one.key.person in theirs]

    def corrected(self, person: str, rung_at: datetime, *, timed: bool = False) -> bool:
        """Whether a correction tells this person (a key of the ledger) the date that holds, as late as this rung would:
        in the day's mail it would only repeat it.
        """
        ours = (one for one in self.said if one.key.rung == MOVED and one.key.person == person)
        telling = (one.rung_at for one in ours if one.state in (PromptState.WAITING, PromptState.SENT))
        return any(at >= rung_at or (not timed and _day(at) == _day(rung_at)) for at in telling)

    def spoke_since(self, said: Said, rung_at: datetime) -> bool:
        """Whether what was said makes a rung of that instant out of date.

        Of a rung that a changed ladder has no more only what was sent counts, and at the very instant too: it may have
        another name now, and is not said again under it.
        """
        if said.key.rung not in {*(rung.key for rung in self.milestone.ladder.rungs), *OF_ANSWERS}:
            return said.state is PromptState.SENT and said.rung_at >= rung_at
        return said.state is not PromptState.SUPERSEDED and said.rung_at > rung_at

    def silenced(self, rung: Rung, *, until: datetime) -> bool:
        """An answer stops the asking; once it has run out by `until`, we ask again."""
        if rung.unless is not Unless.ACKNOWLEDGED or self.standing.state is State.OPEN or self.declined:
            return False
        return self.standing.until_at is None or self.standing.until_at > until

    def owner_had_a_day(self) -> bool:
        """No escalation before the owner's prompt was accepted and one working day has passed, or it proved
        undeliverable (design, "Decide"). A correction that tells the date stands for a prompt: no rung repeats it. Who
        declined has heard of it; where nobody can be asked, or the one who is may not hear of it yet, we do not wait.
        """
        owner = self.asked()
        given = owner is not None and owner == self.delegate()
        if owner is None or self.declined or not (given or self._may_hear(OWNER, owner)):
            return True
        told = self._told_owner()
        heard = [one.accepted_at for one in told if one.accepted_at and one.accepted_at <= self.at]
        had_a_day = any(self.office.add(at.astimezone(LONDON).date(), 1) <= self.on for at in heard)
        return had_a_day or any(one.undeliverable for one in told)


def ground(
    timeline: CouncilTimeline,
    milestone: Milestone,
    said: Sequence[Said] = (),
    responses: Sequence[Response] = (),
    *,
    at: datetime,
) -> Ground:
    """Leaves out what was written or answered after `at`, and keeps apart what was said about other dates."""
    timeline = timeline.as_known(at=at)
    heard = [one for one in said if one.written_at <= at]
    answers = still_stands(milestone, responses, timeline.directory, on=at.astimezone(LONDON).date())
    now = standing(milestone, answers, office=timeline.calendars.office, at=at)
    about_it = tuple(one for one in heard if one.key.due_on == milestone.due_on)
    before = tuple(one for one in heard if one.key.due_on != milestone.due_on)
    return Ground(timeline, milestone, about_it, now, at, before)


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
