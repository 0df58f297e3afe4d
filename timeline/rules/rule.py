"""Hold the kinds of rule in the date language, and how each is written."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timeline.calendar.wording import count

Anchored = date | str  # a date, or the name of something dated elsewhere


class RuleError(ValueError):
    """Report a rule that cannot be read or worked out; a sentence says what it has and what was expected."""


class Unit(StrEnum):
    WORKING_DAYS = "working day"
    DAYS = "day"
    WEEKS = "week"
    MONTHS = "month"
    YEARS = "year"


@dataclass(frozen=True)
class Offset:
    """Hold `70 working days after report_received`: the event is day 0."""

    n: int
    unit: Unit
    after: bool
    anchor: Anchored

    def __str__(self) -> str:
        return f"{count(self.n, self.unit)} {'after' if self.after else 'before'} {self.anchor}"


@dataclass(frozen=True)
class Clear:
    """Hold `28 clear days before meeting`: the last day whose notice leaves n complete (working) days."""

    n: int
    working: bool
    anchor: Anchored

    def __str__(self) -> str:
        return f"{count(self.n, f'clear {self.unit}')} before {self.anchor}"

    @property
    def unit(self) -> Unit:
        return Unit.WORKING_DAYS if self.working else Unit.DAYS


@dataclass(frozen=True)
class By:
    """Hold `by X`: a deadline, on or before the day X."""

    anchor: Anchored

    def __str__(self) -> str:
        return f"by {self.anchor}"


@dataclass(frozen=True)
class On:
    """Hold `on X`: the day of the event X itself."""

    anchor: Anchored

    def __str__(self) -> str:
        return f"on {self.anchor}"


@dataclass(frozen=True)
class Within:
    """Hold `within 13 weeks of X`: a window from X to X + 13 weeks, both included."""

    n: int
    unit: Unit
    anchor: Anchored

    def __str__(self) -> str:
        return f"within {count(self.n, self.unit)} of {self.anchor}"


@dataclass(frozen=True)
class Between:
    """Hold `between 22 and 56 months after X`: a window from X + 22 months to X + 56 months, both included."""

    n: int
    m: int
    unit: Unit
    anchor: Anchored

    def __str__(self) -> str:
        return f"between {self.n} and {count(self.m, self.unit)} after {self.anchor}"


@dataclass(frozen=True)
class Quarterly:
    """Hold `quarterly from X`: window k opens X + 3(k−1) months and closes the day before the next."""

    anchor: Anchored

    def __str__(self) -> str:
        return f"quarterly from {self.anchor}"


@dataclass(frozen=True)
class Termly:
    """Hold `termly [from X]`: a window for each school term, of which the first is open on X or opens after it."""

    anchor: Anchored | None = None

    def __str__(self) -> str:
        return f"termly{_start(self.anchor)}"


@dataclass(frozen=True)
class Monthly:
    """Hold `monthly on the 2nd and 4th tuesday [from X]`: each is 1 to 4, or -1 for the last; Monday is weekday 0."""

    nths: tuple[int, ...]
    weekday: int
    anchor: Anchored | None = None

    def __str__(self) -> str:
        nths = " and ".join(ordinal(nth) for nth in self.nths)
        return f"monthly on the {nths} {WEEKDAYS[self.weekday]}{_start(self.anchor)}"


@dataclass(frozen=True)
class MonthlyWorkingDay:
    """Hold `monthly on the last working day [from X]`: `nth` is counted in the month, or -1 for the last."""

    nth: int
    anchor: Anchored | None = None

    def __str__(self) -> str:
        return f"monthly on the {ordinal(self.nth)} working day{_start(self.anchor)}"


@dataclass(frozen=True)
class AfterHoliday:
    """Hold `the tuesday after a bank holiday [from X]`; without a `weekday` it is the next working day."""

    weekday: int | None = None
    anchor: Anchored | None = None

    def __str__(self) -> str:
        day = "working day" if self.weekday is None else WEEKDAYS[self.weekday]
        return f"the {day} after a bank holiday{_start(self.anchor)}"


@dataclass(frozen=True)
class Every:
    """Hold `every 6 weeks from X`: the first is X itself, each counted from X."""

    n: int
    unit: Unit
    anchor: Anchored

    def __str__(self) -> str:
        return f"every {count(self.n, self.unit)} from {self.anchor}"


@dataclass(frozen=True)
class Recurring:
    """Hold `RRULE:FREQ=MONTHLY;BYDAY=2TU from X` (RFC 5545, by the day only)."""

    rrule: str
    anchor: Anchored

    def __str__(self) -> str:
        return f"RRULE:{self.rrule} from {self.anchor}"


Days = Monthly | MonthlyWorkingDay | AfterHoliday | Every | Recurring
Plain = Offset | Clear | By | On | Within | Between | Quarterly | Termly | Days


@dataclass(frozen=True)
class Excepted:
    """Hold `… except august`: a series of days that leaves out months (1 to 12)."""

    rule: Days
    months: tuple[int, ...]

    @property
    def anchor(self) -> Anchored | None:
        return self.rule.anchor

    def __str__(self) -> str:
        return f"{self.rule} except {' and '.join(MONTHS[month - 1] for month in self.months)}"


@dataclass(frozen=True)
class Rolled:
    """Hold `… or next working day`: a local agreement that moves the agreed date itself."""

    rule: Plain | Excepted
    forward: bool

    def __str__(self) -> str:
        return f"{self.rule} or {'next' if self.forward else 'previous'} working day"


Rule = Plain | Excepted | Rolled

ORDINALS = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", -1: "last"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def ordinal(nth: int) -> str:
    """Write the number of a day in its month: "1st", "12th", or "last" for -1."""
    return ORDINALS.get(nth, f"{nth}th")


def _start(anchor: Anchored | None) -> str:
    return "" if anchor is None else f" from {anchor}"


def plain(rule: Rule) -> Plain:
    """Give the rule without its `or next working day` and the months that it leaves out."""
    bare = rule.rule if isinstance(rule, Rolled) else rule
    return bare.rule if isinstance(bare, Excepted) else bare


def names(rule: Rule) -> tuple[str, ...]:
    """Give the facts, obligations or local names that a rule counts from."""
    anchor = plain(rule).anchor
    return (anchor,) if isinstance(anchor, str) else ()


def is_series(rule: Rule) -> bool:
    """Tell whether the rule gives many dates (or windows) and so needs a span."""
    return isinstance(plain(rule), Quarterly | Termly | Days)


def is_window(rule: Rule) -> bool:
    """Tell whether the rule gives a window (or windows) rather than a day."""
    return isinstance(plain(rule), Within | Between | Quarterly | Termly)
