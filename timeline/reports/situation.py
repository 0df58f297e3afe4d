"""Hold what a report may tell: the records, facts and dates as known on a day, with nothing under embargo."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from timeline.calendar.london import months_after
from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.facts import Fact, FactBook, known, under_embargo
from timeline.picture.audience import Audience, PlannedWork, heard
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan
from timeline.programme.programme import Programme

_LOOKS_AHEAD_MONTHS = 30
"""So far ahead a report tells dates: a re-inspection comes after about two years."""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Hold a council as known at `at`, the end of the day `on`. `programme` is as known on that day.

    `work` is the plan with all that was asked and answered by then; a report that tells nothing of it needs none.
    `stated_since` is the day on which the records were first stored, where that came after `on`. `audit_sequence` and
    `audit_head` are the end of the audit chain from which the report was made. `area` is the key of the area for
    improvement that a report is about, `reader` the post that alone may read it: most have neither.
    """

    timeline: CouncilTimeline
    programme: Programme
    on: date
    at: datetime
    stated_since: date | None
    audit_sequence: int
    audit_head: str
    work: PlannedWork | None = None
    area: str = ""
    reader: str = ""

    @cached_property
    def book(self) -> FactBook:
        return known(self.timeline.facts, at=self.at)

    @cached_property
    def told(self) -> PlannedWork:
        """Give the plan as everybody may know it: nothing under embargo stands in a report."""
        whole = self.work or PlannedWork(timeline=self.timeline, occurrences=(), tasks=())
        return heard(whole, Audience.BOARD, at=self.at)

    def fact(self, name: str, occurrence: str | None = None) -> Fact | None:
        """Give a fact known by then; None while it is under embargo."""
        fact = self.book.get(name, occurrence)
        return None if fact is None or self.book.embargoes([name], occurrence) else fact

    def post(self, key: str) -> str:
        """Give the title of a post; a report never names who holds it."""
        post = self.timeline.directory.posts.get(key)
        return post.title if post else plain_name(key).capitalize()

    def post_of(self, who: str) -> str:
        """Give the post of whoever recorded something: a name or an address never stands in a report."""
        person = self.timeline.directory.called(who)
        held = self.timeline.directory.posts_of(person, on=self.on) if person else ()
        titles = {post.title.casefold() for post in self.timeline.directory.posts.values()}
        if held:
            return self.post(held[0])
        return who if who.casefold() in titles else "the programme team"

    @cached_property
    def body(self) -> str:
        """Name the body that the report to members is for: Cabinet, or in the committee system a committee."""
        committee = self.timeline.council.committee(self._body_key)
        return "Cabinet" if self.timeline.council.executive else committee.title if committee else "the committee"

    @property
    def _body_key(self) -> str:
        council = self.timeline.council
        return "cabinet" if council.executive else next(iter(council.sign_off.by), "")

    @cached_property
    def meets_on(self) -> tuple[date, ...]:
        """Give the meetings of that body on that day and later, in order."""
        executive, committee = self.timeline.council.executive, self.timeline.council.committee(self._body_key)
        meeting = "cabinet_meeting" if executive else "committee_meeting"
        following = self.fact("next_cabinet_meeting") if executive else None
        facts = (following, *(self.fact(meeting, ref) for ref in self.book.history))
        days = {*(committee.meetings if committee else ()), *(fact.on for fact in facts if fact)}
        return tuple(sorted(day for day in days if day >= self.on))

    def of_meeting(self, name: str, meeting_on: date) -> Fact | None:
        """Give a fact about the report to a meeting of Cabinet."""
        for ref in self.book.history:
            meeting = self.fact("cabinet_meeting", ref)
            if meeting and meeting.on == meeting_on and self.book.own(name, ref):
                return self.fact(name, ref)
        return None

    def planned(self, *duties: str) -> tuple[Occurrence, ...]:
        """Give the coming occurrences of these duties, in the order of the duties."""
        until = min(months_after(self.on, _LOOKS_AHEAD_MONTHS), self.timeline.calendars.law.last_on)
        planned = plan(self.timeline, at=self.at, until=until, obligations=set(duties))
        told = (each for each in planned if not under_embargo(each.embargoes, at=self.at))
        return tuple(sorted(told, key=lambda each: (duties.index(each.obligation), each.number)))

    def next_year(self, *duties: str) -> tuple[Occurrence, ...]:
        """Give those of the year ahead that are to come, from the plan that the report was given, if it was."""
        if self.work is None:
            return tuple(each for each in self.planned(*duties) if self.is_to_come(each))
        theirs = (each for each in self.told.occurrences if each.obligation in duties and self.is_to_come(each))
        return tuple(sorted(theirs, key=lambda each: (duties.index(each.obligation), each.number)))

    def is_to_come(self, occurrence: Occurrence) -> bool:
        """Tell whether it is on that day or later, or has no day yet."""
        return occurrence.last_on is None or occurrence.last_on >= self.on

    def owner(self, duty: str) -> str:
        """Give the title of the post that owns a duty; empty where the council has no such duty."""
        return next((self.post(each.owner) for each in self.timeline.obligations if each.key == duty), "")


def sentence(text: str) -> str:
    """End a title as a sentence."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def span(from_on: date, until_on: date) -> str:
    """Write the days of an event, such as "15 to 26 July 2019"."""
    if (from_on.year, from_on.month) == (until_on.year, until_on.month):
        return f"{from_on.day} to {plain_date(until_on)}"
    return f"{plain_date(from_on)} to {plain_date(until_on)}"


def plain_date(on: date) -> str:
    """Write a date without its weekday, as reports do."""
    return long_date(on).split(" ", 1)[1]
