"""Live two years of a council in a minute, so that its pages can be timed with a history behind them.

What the flows decide is decided; the mails are not written but taken as accepted, and answers go to the store at once:
no page of a board reads either, and writing them would take five minutes.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlmodel import col, update

from models.store.base.transaction import StoreGroup, Transaction, writes
from models.tables import PromptRow
from tests.harness import World
from timeline.answers.responses import Answer, Response, State
from timeline.escalation.prompts import PromptState
from timeline.planning.occurrences import Milestone

FROM_ON, TO_ON = date(2019, 8, 27), date(2021, 8, 27)
_EVERY = timedelta(weeks=2)
# So many of a hundred tasks are done on their day, by those who own them.
_DONE = 90


def live_two_years(world: World) -> None:
    """Apply Medway and live every second Tuesday: decide, reach everybody and, for most tasks, answer what is due."""
    world.at(f"{FROM_ON:%a %-d %b %Y} 07:00").apply()
    for _ in live_fortnights(world, TO_ON):
        pass
    world.at(f"{TO_ON:%a %-d %b %Y} 10:00")


def live_fortnights(world: World, to_on: date) -> Iterator[date]:
    """Live so, and stop after each day that was lived."""
    duties, on = [duty.key for duty in world.timeline.obligations], FROM_ON
    ledger = Accepting(world.store.engine, world.store.council)
    while on < to_on:
        world.at(f"{on:%a %-d %b %Y} 08:30").decide(*duties)
        ledger.accept(world.now)
        for response in _answers(world, on):
            world.store.inbound.record_response(response, expected=0, next_rung_at=None, state=State.DONE)
        yield on
        on += _EVERY


def _accept(tx: Transaction, at: object) -> None:
    mine = col(PromptRow.council) == tx.council, col(PromptRow.state) == PromptState.WAITING
    tx.session.exec(update(PromptRow).where(*mine).values(state=PromptState.SENT, accepted_at=at))


class Accepting(StoreGroup):
    """Take every prompt that waits as accepted, in a transaction of the store's own."""

    accept = writes(_accept)


def _answers(world: World, on: date) -> Iterator[Response]:
    due = (each for each in world.store.plan.milestones() if each.chased and each.due_on)
    these = [each for each in due if each.due_on and on <= each.due_on < on + _EVERY]
    for n, milestone in enumerate(these, start=on.toordinal()):
        if n % 100 < _DONE and (response := _done(world, milestone)):
            yield response


def _done(world: World, milestone: Milestone) -> Response | None:
    holder = world.timeline.directory.holder(milestone.owner, on=world.now.date())
    if holder is None or milestone.due_on is None:
        return None
    return Response(
        milestone=milestone.ref,
        due_on=milestone.due_on,
        person=holder.person.key,
        answer=Answer.DONE,
        at=world.now,
        via="page",
        evidence="minute 4.2",
    )
