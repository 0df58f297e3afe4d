"""Hold a council's timeline: its settings, its duties, the known facts, its posts and people, and its working
calendar.
"""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Self

from timeline.calendar.bank_holidays import PROCLAMATIONS, Calendars, calendars
from timeline.calendar.london import DAY, london_date, start_of_day
from timeline.calendar.wording import long_date
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.asked import Asked
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import PROCLAIMED, Embargo, Fact
from timeline.definitions.people import Directory
from timeline.definitions.retention import ExpiryBounds, Retention, expiry_bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """Hold a body whose agreement a submission may need, with the days it is recorded to meet.

    An `executive` body (Cabinet) gives the notices of SI 2012/2089; a committee or full Council those of the Local
    Government Act 1972 Part VA, which know no key decision.
    """

    key: str
    title: str
    meetings: tuple[date, ...]
    executive: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Hold how many days each step of an agreement in public takes.

    `notice_days` are clear days (SI 2012/2089 reg 9) and `agenda_working_days` clear working days (reg 6 and 7,
    on the working-day reading). `call_in_working_days` count after the decision is published, and
    `clearance_working_days` before the agenda goes out (legal, finance, equality, lead member). The last two
    are council practice: settings, never law, and so are `briefing_working_days` before the meeting. A council
    without an executive has a call-in only if it says so: 0 is none. `by` names the committees that agree in turn, the
    last of which decides; empty, the rule pack's own. With `after_submission` they agree to what was submitted before.
    """

    call_in_working_days: int = 5
    notice_days: int = 28
    agenda_working_days: int = 5
    clearance_working_days: int = 10
    briefing_working_days: int = 4
    after_submission: bool = False
    by: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Hold a pause from the first day to the last (both included) of an `obligation` or of a `person` (keys), never of
    both.

    A paused duty keeps its dates. When the pause ends, the reminders that are still due then are sent. A paused person
    counts as away: the deputy is asked instead, so that no duty goes quiet. `because` is the sentence of a pause that
    nobody made: a pre-election period.
    """

    from_on: date
    until_on: date
    obligation: str = ""
    person: str = ""
    because: str = ""

    def holds(self, *, on: date) -> bool:
        return self.from_on <= on <= self.until_on

    @property
    def ends_at(self) -> datetime:
        """Give the first instant after the pause."""
        return start_of_day(self.until_on + DAY)

    @property
    def sentence(self) -> str:
        return self.because or f"It is paused until {long_date(self.until_on)}."


OFFICE_HOURS = WorkingHours(time(8), time(18))
PROGRAMME_LEAD = "improvement_programme_lead"
DIRECTOR = "director"
LEAD_MEMBER = "lead_member"


@dataclass(frozen=True, kw_only=True)
class Period:
    """Hold named days, such as a pre-election period, from the first to the last (both included)."""

    name: str
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class Council:
    """Hold a council and the settings of its reminders.

    `programme_lead`, `director` (who reads the Monday mail) and `lead_member` are keys of posts. Tasks due before
    `live_from` are history. Until `shadow_until` (included) everything goes to the programme lead, marked with its
    intended recipient; `shadow_by_default` says that the first apply sets it. The daily mail leaves at `mail_at`, none
    outside `working_hours` of its own. `committees` meet and decide; `sign_off` says how long each step before a
    submission takes. Pre-election periods warn and move no date; what is published by others waits in them, and nobody
    is chased for it. `regime_since` and `regime_because` say why the council is in the regime: since April 2026 no
    overall grade could. Each of the `embargoes` lies on every fact of its name. `fact_order` holds chains of facts,
    none of which comes before a fact that stands earlier in it. A council of the committee system is without an
    `executive`: nothing of SI 2012/2089 binds it. A council that ends has a `vesting_day`, the first day of those in
    `succeeded_by`. Practices `chosen` after the first apply begin on that day.
    """

    key: str
    name: str
    programme: str = "Improvement programme"
    programme_lead: str = PROGRAMME_LEAD
    director: str = DIRECTOR
    lead_member: str = LEAD_MEMBER
    live_from: date | None = None
    shadow_until: date | None = None
    shadow_by_default: bool = False
    mail_at: time = time(8, 30)
    working_hours: WorkingHours | None = None
    committees: tuple[Committee, ...] = ()
    sign_off: SignOff = field(default_factory=SignOff)
    pre_election_periods: tuple[Period, ...] = ()
    regime_since: date | None = None
    regime_because: str = ""
    fact_names: tuple[str, ...] = ()
    embargoes: tuple[tuple[str, Embargo], ...] = ()
    retention: Retention = field(default_factory=Retention)
    fact_order: tuple[tuple[str, ...], ...] = ()
    executive: bool = True
    vesting_day: date | None = None
    succeeded_by: tuple[str, ...] = ()
    chosen: tuple[tuple[str, date], ...] = ()

    def live_since(self, obligation: str) -> date | None:
        """Give the day from which a duty is asked for; what was due before is history."""
        return max(filter(None, (self.live_from, dict(self.chosen).get(obligation))), default=None)

    def committee(self, key: str) -> Committee | None:
        """Give the committee of that key; None when the council has not stated it."""
        return next((committee for committee in self.committees if committee.key == key), None)

    def in_shadow(self, *, on: date) -> bool:
        return self.shadow_until is not None and on <= self.shadow_until


# A council watches its own reminders for this many working days before officers get them.
SHADOW_WORKING_DAYS = 10


@dataclass(frozen=True, kw_only=True)
class CouncilTimeline:
    """Hold everything a decision needs to know of a council, except for what was sent and answered.

    The bank holidays are as known by now, or in an epoch as known at its instant: see `as_known`. `asked` is what the
    improvement programme asks for through tasks.
    """

    council: Council
    obligations: tuple[Obligation, ...]
    facts: tuple[Fact, ...] = ()
    directory: Directory = field(default_factory=Directory)
    pauses: tuple[Pause, ...] = ()
    proclaimed_bank_holidays: Mapping[date, str] = field(default_factory=dict)
    closure_days: Mapping[date, str] = field(default_factory=dict)
    hours: WorkingHours = OFFICE_HOURS
    epoch: int | None = field(default=None, compare=False)
    asked: Asked = field(default_factory=Asked)

    @cached_property
    def calendars(self) -> Calendars:
        if self.epoch is None:
            return self._calendars_of(self._late, date.max)
        if self.epoch == 0:
            return self._calendars_of((), date.min)
        latest = self.proclaimed_at[self.epoch - 1]
        known = tuple(fact for fact in self._late if fact.known_at <= latest)
        return self._calendars_of(known, london_date(latest))

    def _calendars_of(self, late: tuple[Fact, ...], known_on: date) -> Calendars:
        named = {fact.on: fact.called or fact.source for fact in late}
        return calendars({**named, **self.proclaimed_bank_holidays}, self.closure_days, known_on)

    def as_known(self, *, at: datetime) -> Self:
        """Give the same timeline with the bank holidays that were known at that instant."""
        seen = bisect(self.proclaimed_at, at)
        epoch = None if seen == len(self.proclaimed_at) else seen
        if epoch == self.epoch:
            return self
        if epoch not in self._of_epoch:
            self._of_epoch[epoch] = replace(self, epoch=epoch)
        return self._of_epoch[epoch]

    @cached_property
    def proclaimed_at(self) -> tuple[datetime, ...]:
        """Give the instants at which bank holidays became known out of turn, in order."""
        official = (start_of_day(proclamation.known_on) for proclamation in PROCLAMATIONS)
        return tuple(sorted({*official, *(fact.known_at for fact in self._late)}))

    @cached_property
    def _late(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.name == PROCLAIMED)

    @cached_property
    def _of_epoch(self) -> dict[int | None, Self]:
        return {self.epoch: self}

    def paused(self, obligation: str, *, on: date) -> Pause | None:
        """Give the pause of a duty on that day; of several pauses the last to end."""
        pauses = (pause for pause in self.pauses if pause.obligation == obligation and pause.holds(on=on))
        return max(pauses, key=lambda pause: pause.until_on, default=None)

    def election(self, *, on: date) -> Pause | None:
        """Give the wait for what others publish, while a pre-election period holds on that day."""
        periods = (period for period in self.council.pre_election_periods if period.from_on <= on <= period.until_on)
        last = max(periods, key=lambda period: period.until_on, default=None)
        if last is None:
            return None
        days = f"{long_date(last.from_on)} to {long_date(last.until_on)}"
        because = (
            f"Nobody is asked for it before {last.name} ends ({days}): Ofsted and the Government do not publish in it."
        )
        return Pause(from_on=last.from_on, until_on=last.until_on, because=because)

    def going_live(self, *, on: date) -> Self:
        """Give the timeline as the first apply makes it: live from that day, in shadow for its first working days."""
        council = self.council
        shadow_until = council.shadow_until
        if council.shadow_by_default:
            shadow_until = self.calendars.office.add(on, SHADOW_WORKING_DAYS)
        live = replace(council, live_from=council.live_from or on, shadow_until=shadow_until, shadow_by_default=False)
        return replace(self, council=live)

    def over(self, *, at: datetime) -> ExpiryBounds:
        """Tell which records about people have expired at that instant."""
        return expiry_bounds(self.council.retention, self.facts, regime_since=self.council.regime_since, at=at)

    def without_past_absences(self, *, at: datetime) -> Self:
        """Leave out the absences that have expired, so that a file that still states them does not bring them back."""
        before, directory = self.over(at=at).absences_before, self.directory
        recent = tuple(absence for absence in directory.absences if absence.until_on >= before)
        return replace(self, directory=replace(directory, absences=recent))
