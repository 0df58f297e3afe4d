"""The ground of one decision: all that bears on one milestone at one instant, and who may hear of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from timeline.calendar import LONDON, WorkingCalendar
from timeline.council import Council, CouncilTimeline
from timeline.duties import LINE_MANAGER, OWNER, DutyClass, Level, Rung, Unless
from timeline.moments import Moment, moments
from timeline.occurrences import Milestone
from timeline.pauses import Pause
from timeline.people import Recipient
from timeline.prompts import MOVED, OF_ANSWERS, SHADOW, PromptKind, PromptState, Said
from timeline.responses import Response, Standing, State, standing

CEILING: dict[DutyClass, Level] = {
    DutyClass.A: Level.CHIEF_EXECUTIVE,
    DutyClass.B: Level.DIRECTOR,
    DutyClass.C: Level.HEAD_OF_SERVICE,
    DutyClass.D: Level.DIRECTOR,  # as a line manager only: see `may_climb_to`
}
_RANK = {level: rank for rank, level in enumerate(Level)}


def may_climb_to(duty_class: DutyClass, selector: str, level: Level) -> bool:
    """Whether a rung may reach a post of this level (design, "Class"); D knows its line manager only."""
    if level in (Level.MEMBER, Level.EXTERNAL) or _RANK[level] > _RANK[CEILING[duty_class]]:
        return False
    return duty_class is not DutyClass.D or selector in (OWNER, LINE_MANAGER)


@dataclass(frozen=True)
class Ground:
    """`said` and `standing` hold what was written and answered by `at`, about the date that holds; `said_before` what
    was written about other dates.
    """

    timeline: CouncilTimeline
    milestone: Milestone
    said: tuple[Said, ...]
    standing: Standing
    at: datetime
    said_before: tuple[Said, ...] = ()

    @property
    def on(self) -> date:
        return self.at.astimezone(LONDON).date()

    @property
    def office(self) -> WorkingCalendar:
        return self.timeline.calendars.office

    @property
    def council(self) -> Council:
        return self.timeline.council

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
    def declined(self) -> bool:
        return self.standing.state is State.DECLINED

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
        """What the person who is asked today was asked; in shadow and after it these are different rows, and a
        correction asks for nothing.
        """
        owner = self.asked()
        key = self.person_key(owner) if owner else None
        asked = (one for one in self.said if one.kind is not PromptKind.CORRECTION)
        return [one for one in asked if one.selector == OWNER and one.key.person == key]

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

    def recipient(self, selector: str) -> Recipient | None:
        """Whom a rung means today, if that person may hear of it.

        What its owner declined goes to the line manager, who can give it to somebody.
        """
        chosen = LINE_MANAGER if selector == OWNER and self.declined else selector
        delegate = self.delegate() if chosen == OWNER else None
        if delegate:
            return delegate
        found = self.timeline.directory.meant(chosen, owner=self.milestone.owner, on=self.on)
        return found if found and self._may_hear(chosen, found) else None

    def asked(self) -> Recipient | None:
        """Who is asked today: whom the task was given to, else the owner, whether or not that person may hear of it."""
        owner = self.timeline.directory.meant(OWNER, owner=self.milestone.owner, on=self.on)
        return self.delegate() or owner

    def delegate(self) -> Recipient | None:
        """Whom the task was given to, if that person still holds a post here and may hear of it."""
        return self.stands_for(self.standing.delegated_to)

    def stands_for(self, person: str) -> Recipient | None:
        """Somebody under the first post of theirs that may hear of this task; None when there is none."""
        directory = self.timeline.directory
        posts = directory.posts_of(person, on=self.on) if person in directory.people else ()
        heard = (Recipient(directory.posts[post], directory.people[person]) for post in posts)
        return next((one for one in heard if self.in_circulation(one.post.key)), None)

    def helper_of(self, person: str) -> Recipient | None:
        """The manager who can help this person, if that manager may hear of it."""
        found = self.timeline.directory.manager_above(person, owner=self.milestone.owner, on=self.on)
        return found if found and self._may_hear(LINE_MANAGER, found) else None

    def _may_hear(self, selector: str, recipient: Recipient) -> bool:
        return self.in_circulation(recipient.post.key) and self._below_ceiling(selector, recipient)

    def _below_ceiling(self, selector: str, recipient: Recipient) -> bool:
        owner = recipient.post.key == self.milestone.owner
        return owner or may_climb_to(self.milestone.duty_class, selector, recipient.post.level)

    def person_key(self, recipient: Recipient) -> str:
        """Whose ledger it is: in shadow a person's copies to the programme lead are kept apart from real prompts."""
        in_shadow = self.council.in_shadow(on=self.on)
        return SHADOW + recipient.person.key if in_shadow else recipient.person.key

    def delivered_to(self, recipient: Recipient) -> Recipient | None:
        """Who gets it: in shadow the programme lead, but for what the lead may not hear of yet."""
        if not self.council.in_shadow(on=self.on):
            return recipient
        lead = self.timeline.directory.holder(self.council.programme_lead, on=self.on)
        return lead if lead and self.in_circulation(lead.post.key) else None

    def in_circulation(self, post: str) -> bool:
        in_force = (one for one in self.milestone.embargoes if one.until is None or self.at < one.until)
        return all(post in embargo.circulation for embargo in in_force)

    def owner_had_a_day(self) -> bool:
        """No escalation before the owner's prompt was accepted and one working day has passed, or it proved
        undeliverable (design, "Decide"). Who declined has heard of it; where nobody can be asked, we do not wait.
        """
        owner = self.asked()
        given = owner is not None and owner == self.delegate()
        if owner is None or self.declined or not (given or self._below_ceiling(OWNER, owner)):
            return True
        asked = self._to_owner()
        heard = [one.accepted_at for one in asked if one.accepted_at and one.accepted_at <= self.at]
        had_a_day = any(self.office.add(at.astimezone(LONDON).date(), 1) <= self.on for at in heard)
        return had_a_day or any(one.undeliverable for one in asked)


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
    now = standing(milestone, responses, office=timeline.calendars.office, at=at)
    about_it = tuple(one for one in heard if one.key.due_on == milestone.due_on)
    before = tuple(one for one in heard if one.key.due_on != milestone.due_on)
    return Ground(timeline, milestone, about_it, now, at, before)


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
