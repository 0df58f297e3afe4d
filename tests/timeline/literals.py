"""Hold dates and instants as a table of cases writes them: with the weekday, which is checked."""

from datetime import date, datetime

from timeline.calendar.london import LONDON
from timeline.calendar.wording import short_date
from timeline.definitions.standing import Certainty, RuleKind, Standing


def day(text: str) -> date:
    """Read "Thu 28 Nov 2019"; refuse a weekday that is not that day's."""
    on = datetime.strptime(text, "%a %d %b %Y").date()  # noqa: DTZ007 (a day has no time zone)
    assert short_date(on) == text, f"{text} was a {short_date(on)[:3]}"
    return on


def at(text: str) -> datetime:
    """Read "Thu 28 Nov 2019 08:30", local time in London."""
    on, clock = text.rsplit(" ", 1)
    return datetime.fromisoformat(f"{day(on).isoformat()}T{clock}").replace(tzinfo=LONDON)


REPORTED_LAW = Standing(RuleKind.LAW, Certainty.SECONDARY)
OBSERVED = Standing(RuleKind.FRAMEWORK, Certainty.OBSERVED)
