"""Find the people who may hear of a milestone at an instant: present, below the ceiling, within the circulation."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from timeline.answers.responses import State, TaskStatus
from timeline.calendar.london import DAY, london_date
from timeline.calendar.working_days import WorkingCalendar
from timeline.definitions.council import Council, CouncilTimeline
from timeline.definitions.duties import LINE_MANAGER, OWNER, DutyClass, Level
from timeline.definitions.facts import may_hear
from timeline.definitions.people import Recipient
from timeline.definitions.selectors import is_near_owner, line_meant
from timeline.escalation.prompts import SHADOW
from timeline.planning.occurrences import Milestone

CEILING: dict[DutyClass, Level] = {
    DutyClass.A: Level.CHIEF_EXECUTIVE,
    DutyClass.B: Level.DIRECTOR,
    DutyClass.C: Level.HEAD_OF_SERVICE,
    DutyClass.D: Level.DIRECTOR,  # as a line manager only: see `may_climb_to`
}
_RANK = {level: rank for rank, level in enumerate(Level)}


def may_climb_to(duty_class: DutyClass, selector: str, level: Level) -> bool:
    """Tell whether a rung may reach a post of this level (design, "Class"); D knows its line manager only."""
    if level in (Level.MEMBER, Level.EXTERNAL) or _RANK[level] > _RANK[CEILING[duty_class]]:
        return False
    return duty_class is not DutyClass.D or is_near_owner(selector)


class AtAnInstant:
    """Give what a council is at an instant: its day, its office's calendar and its settings."""

    timeline: CouncilTimeline
    at: datetime

    @cached_property
    def on(self) -> date:
        return london_date(self.at)

    @property
    def office(self) -> WorkingCalendar:
        return self.timeline.calendars.office

    @property
    def council(self) -> Council:
        return self.timeline.council


@dataclass(frozen=True)
class Audience(AtAnInstant):
    """Hold the people there who may hear of a milestone at an instant, up to a ceiling, within a circulation."""

    timeline: CouncilTimeline
    milestone: Milestone
    status: TaskStatus
    at: datetime

    @cached_property
    def declined(self) -> bool:
        return self.status.state is State.DECLINED

    def recipient(self, selector: str) -> Recipient | None:
        """Give the person a rung means today, if somebody is there and may hear of it.

        A task that its owner declined goes to the line manager, who can give it to somebody.
        """
        if selector not in self._recipients:
            self._recipients[selector] = self._find_recipient(selector)
        return self._recipients[selector]

    @cached_property
    def _recipients(self) -> dict[str, Recipient | None]:
        """Give the recipients looked for so far, by selector: a ladder asks for the same few at every step."""
        return {}

    def _find_recipient(self, selector: str) -> Recipient | None:
        chosen = self._chosen(selector)
        delegate = self.delegate() if chosen == OWNER else None
        if delegate:
            return delegate
        present = self._there(chosen)
        return present if present and self.may_hear(chosen, present) else None

    def is_unowned(self, selector: str) -> bool:
        """Tell whether nobody is there for a selector: vacant, away without a deputy, or above the ceiling. A step that
        waits for an embargo to be lifted is not unowned.
        """
        recipient = self._there(self._chosen(selector))
        return self.recipient(selector) is None and (recipient is None or self.hears(recipient.person.key))

    def waits_for_working_day(self, selector: str) -> bool:
        """Tell whether it is for somebody who has today off every week, and is back in time for the due date."""
        recipient, due_on, directory = (
            self._there(self._chosen(selector)),
            self.milestone.due_on,
            self.timeline.directory,
        )
        away = recipient.stands_in_for if recipient else ""
        meant = directory.meant(self._chosen(selector), owner=self.milestone.owner, on=self.on)
        person = away or (meant.person.key if meant else "")
        if not person or due_on is None or not directory.has_day_off(person, on=self.on):
            return False
        days = (self.on + n * DAY for n in range(1, 7))
        back_on = next((on for on in days if self.office.is_working(on) and not directory.away(person, on=on)), None)
        return back_on is not None and back_on <= due_on

    def _chosen(self, selector: str) -> str:
        return LINE_MANAGER if selector == OWNER and self.declined else selector

    def _there(self, selector: str) -> Recipient | None:
        """Give the first person present on the line a selector means; pass over a stand-in who may not hear of it."""
        directory = self.timeline.directory
        posts = line_meant(directory, selector, owner=self.milestone.owner)
        there = directory.present(posts, on=self.on)
        return next(
            (recipient for recipient in there if not recipient.in_place_of or self.hears(recipient.person.key)), None
        )

    def in_post(self) -> Recipient | None:
        """Give the holder of the owner's post, present or away, whether or not that person may hear of it."""
        return self._in_post

    @cached_property
    def _in_post(self) -> Recipient | None:
        return self.timeline.directory.meant(OWNER, owner=self.milestone.owner, on=self.on)

    def asked(self) -> Recipient | None:
        """Give the person asked today: the delegate of the task, else the owner or a stand-in, whether or not that
        person may hear of it.
        """
        return self._asked

    @cached_property
    def _asked(self) -> Recipient | None:
        return self.delegate() or self._there(OWNER)

    def is_with(self, person: str) -> bool:
        """Tell whether a person may answer as the person asked: the owner too, while somebody stands in."""
        given = self.delegate()
        theirs = (given, given.in_place_of) if given else (self.asked(), self.in_post())
        return any(recipient is not None and recipient.person.key == person for recipient in theirs)

    def delegate(self) -> Recipient | None:
        """Give the person the task was given to, or the stand-in, if they hold a post here and may hear of it."""
        return self._delegate

    @cached_property
    def _delegate(self) -> Recipient | None:
        recipient = self.stands_for(self.status.delegated_to)
        if recipient is None or not self.timeline.directory.away(recipient.person.key, on=self.on):
            return recipient
        deputy = self.timeline.directory.deputy_of(recipient.person.key, on=self.on)
        stands_in = deputy is not None and self.hears(deputy.person.key)
        return replace(deputy, in_place_of=recipient) if deputy and stands_in else None

    def stands_for(self, person: str) -> Recipient | None:
        """Give a member of staff who may hear of this task, under their first post; None for anybody else."""
        directory = self.timeline.directory
        posts = directory.posts_of(person, on=self.on) if self.hears(person) else ()
        held = (Recipient(directory.posts[post], directory.people[person]) for post in posts)
        staff = (recipient for recipient in held if recipient.post.level not in (Level.MEMBER, Level.EXTERNAL))
        return next(iter(staff), None)

    def helper_of(self, person: str) -> Recipient | None:
        """Give the manager or stand-in who can help this person and may hear of it; else the programme lead.

        A ceiling never leaves a call for help without a reader.
        """
        above = self.timeline.directory.manager_above(person, owner=self.milestone.owner, on=self.on)
        recipient = next(
            (recipient for recipient in above if not recipient.in_place_of or self.hears(recipient.person.key)), None
        )
        if recipient and self.may_hear(LINE_MANAGER, recipient):
            return recipient
        lead = next(iter(self.timeline.directory.present((self.council.programme_lead,), on=self.on)), None)
        return lead if lead and lead.person.key != person and self.hears(lead.person.key) else None

    def may_hear(self, selector: str, recipient: Recipient) -> bool:
        return self.hears(recipient.person.key) and self.below_ceiling(selector, recipient)

    def below_ceiling(self, selector: str, recipient: Recipient) -> bool:
        """Tell whether the post that was meant lies below the ceiling: a deputy hears what the absent person would."""
        if recipient.post.level in (Level.MEMBER, Level.EXTERNAL):
            return False
        owner = recipient.meant.key == self.milestone.owner
        return owner or may_climb_to(self.milestone.duty_class, selector, recipient.meant.level)

    def person_key(self, recipient: Recipient) -> str:
        """Give the key of the person's ledger; copies to the programme lead in shadow are kept apart."""
        in_shadow = self.council.in_shadow(on=self.on)
        return SHADOW + recipient.person.key if in_shadow else recipient.person.key

    def delivered_to(self, recipient: Recipient) -> Recipient | None:
        """Give the person who gets it: in shadow the programme lead, except for what the lead may not hear of yet."""
        if not self.council.in_shadow(on=self.on):
            return recipient
        lead = self.timeline.directory.holder(self.council.programme_lead, on=self.on)
        return lead if lead and self.hears(lead.person.key) else None

    def hears(self, person: str) -> bool:
        """Tell whether a person may hear of it. A person who holds several posts may hear what any of them may hear."""
        if not self.milestone.embargoes:
            return True
        posts = self.timeline.directory.posts_of(person, on=self.on)
        return may_hear(posts, self.milestone.embargoes, at=self.at)

    def in_circulation(self, post: str) -> bool:
        """Tell whether the holder of that post may hear of it."""
        return may_hear((post,), self.milestone.embargoes, at=self.at)
