"""Show the plan on a page: each action with its colour, its trend over a month, and what its owner says."""

from collections.abc import Iterator

from timeline.calendar.london import months_after
from timeline.escalation.rag import Rag
from timeline.picture.audience import Audience
from timeline.picture.contents import contents, year_round
from timeline.picture.layout import lay_out
from timeline.picture.paper import REPORT
from timeline.programme.actions import Action, Standing, standing
from timeline.reports.document import Figure, Missing, Paragraph, Part, Section, Table
from timeline.reports.situation import Situation, plain_date

_WORST_FIRST = (Rag.RED, Rag.AMBER, Rag.GREY, Rag.GREEN)


def standings(now: Situation) -> list[tuple[Action, Standing]]:
    """Give each action with how it stands, the worst first."""
    stand = [(action, standing(action, on=now.on)) for action in now.programme.actions.values()]
    return sorted(stand, key=lambda each: _WORST_FIRST.index(each[1].rag))


def colour(stands: Standing) -> str:
    """Give the colour as a word: nothing is told by a colour alone."""
    return stands.rag.value.capitalize()


def owner(action: Action, now: Situation) -> str:
    """Give the title of the post that owns an action."""
    return now.post(action.owner) if action.owner else "no owner yet"


def days(action: Action, stands: Standing) -> tuple[str, ...]:
    """Say the day first promised, the day agreed since with its reason, and the day expected, each where it differs."""
    due = [plain_date(stands.baseline_on) if stands.baseline_on else "no date yet"]
    if stands.agreed_on != stands.baseline_on and stands.agreed_on:
        due.append(f"agreed since: {plain_date(stands.agreed_on)} ({action.rebases[-1].why})")
    if stands.forecast_on and stands.forecast_on != stands.agreed_on:
        due.append(f"expected: {plain_date(stands.forecast_on)}")
    return tuple(due)


def stands_in_words(stands: Standing) -> tuple[str, ...]:
    """Say the colour with its reason, and what the owner said last."""
    said = (f"“{stands.last.why}”",) if stands.last and stands.last.why else ()
    return (f"{colour(stands)}: {stands.why}", *said)


def plan_on_a_page(now: Situation) -> Section:
    """Show each action with its trend, by priority, and the picture of the timeline."""
    return Section("Plan on a page", tuple(_plan(now)))


def _plan(now: Situation) -> Iterator[Part]:
    yield from _actions(now)
    # It takes most of a page: behind the table, which fills what the section before leaves of its own.
    yield from timeline_picture(now)


def _actions(now: Situation) -> Iterator[Part]:
    if not now.programme.actions:
        yield Missing("No action is recorded.")
        return
    yield Paragraph(f"Each action today and on {plain_date(months_after(now.on, -1))}, by priority.")
    stand = standings(now)
    rows = tuple(
        ((priority.title,), (action.title,), (colour(stands),), (_trend(action, stands, now),))
        for priority, actions in now.programme.by_priority()
        for action, stands in stand
        if action in actions
    )
    yield Table("Plan", ("Priority", "Action", "Today", "Trend"), rows, (6, 11, 3, 4))


def timeline_picture(now: Situation) -> Iterator[Part]:
    """Draw the timeline of a year as everybody may see it, with the month before."""
    if now.told.occurrences:
        shown = contents(now.told, audience=Audience.BOARD, at=now.at)
        yield Figure("The timeline", lay_out(shown, REPORT, year_round(now.on)))


def _trend(action: Action, stands: Standing, now: Situation) -> str:
    before = standing(action, on=months_after(now.on, -1)).rag
    if before is stands.rag:
        return "as a month ago"
    return f"was {before.value} a month ago"
