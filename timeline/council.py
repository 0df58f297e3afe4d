"""One council's timeline: who they are, what they owe, what is known, who does it, and when they are at work."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cached_property
from typing import Self

from timeline.calendar import Calendars, WorkingHours, calendars
from timeline.duties import Obligation
from timeline.facts import Fact
from timeline.people import Directory

OFFICE_HOURS = WorkingHours(time(8), time(18))
PROGRAMME_LEAD = "improvement_programme_lead"


@dataclass(frozen=True, kw_only=True)
class Council:
    """A council and how its reminders look.

    `live_from`: what was due earlier is history. `shadow_until` (included): everything goes to the programme lead,
    marked with whom it was for; `shadow_by_default` says that the first apply sets it. `mail_at`: the daily mail.
    """

    key: str
    name: str
    programme: str = "Improvement programme"
    programme_lead: str = PROGRAMME_LEAD
    live_from: date | None = None
    shadow_until: date | None = None
    shadow_by_default: bool = False
    mail_at: time = time(8, 30)

    def in_shadow(self, *, on: date) -> bool:
        return self.shadow_until is not None and on <= self.shadow_until


# A council watches its own reminders for so many working days before officers get them.
SHADOW_WORKING_DAYS = 10


@dataclass(frozen=True, kw_only=True)
class CouncilTimeline:
    """Everything a decision needs to know of one council, but for what was said and answered."""

    council: Council
    obligations: tuple[Obligation, ...]
    facts: tuple[Fact, ...] = ()
    directory: Directory = field(default_factory=Directory)
    proclaimed_bank_holidays: Mapping[date, str] = field(default_factory=dict)
    closure_days: Mapping[date, str] = field(default_factory=dict)
    hours: WorkingHours = OFFICE_HOURS

    @cached_property
    def calendars(self) -> Calendars:
        return calendars(self.proclaimed_bank_holidays, self.closure_days)

    def going_live(self, *, on: date) -> Self:
        """The same with what the first apply decides: live from that day, in shadow for its first working days."""
        council = self.council
        shadow_until = council.shadow_until
        if council.shadow_by_default:
            shadow_until = self.calendars.office.add(on, SHADOW_WORKING_DAYS)
        live = replace(council, live_from=council.live_from or on, shadow_until=shadow_until, shadow_by_default=False)
        return replace(self, council=live)
