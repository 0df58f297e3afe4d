"""Hold the world's own note of who answered what, for whom, and about which date."""

from typing import TYPE_CHECKING, Any

from tests.simulation.account import Given
from tests.simulation.answering import Reaction
from tests.simulation.promises import short
from tests.simulation.town import KEY
from timeline.answers.responses import SECOND_PERSONS, Answer

if TYPE_CHECKING:
    from tests.simulation.world import World


_ANSWERS = "SELECT count(*) FROM response WHERE milestone = :ref AND council = :key"


def keep_if_new(world: "World", reaction: Reaction, answer: Answer, to: str = "") -> None:
    """Keep it if it is new: recorded may mean that the very same stood already: the count in the database tells."""
    ref = ref_of(reaction)
    stand = world.machine.rows(_ANSWERS, ref=ref, key=KEY)[0][0]
    if stand > len(world.account.answers[ref]):
        keep(world, reaction, answer, to)


def keep(world: "World", reaction: Reaction, answer: Answer, to: str = "") -> None:
    """Keep the world's own note of an answer that was taken."""
    ref, due_on = ref_of(reaction), _due(world, reaction)
    if answer is Answer.DONE and world.account.done(ref):
        return
    last = world.account.answers[ref][-1:] if ref in world.account.answers else []
    reader = reaction.letter.person
    asked = reader if answer in SECOND_PERSONS else _asked(reaction)
    now = Given(world.clock.now, due_on, answer, asked, to, by=reader, ahead=world.clock.is_ahead)
    if last and (last[0].answer, last[0].person, last[0].due_on, last[0].at) == (answer, now.person, due_on, now.at):
        return
    world.account.answers[ref].append(now)
    world.say(f"{reader} answers “{answer.value}” for {ref} (due {short(due_on)}){f', to {to}' if to else ''}.")


def ref_of(reaction: Reaction) -> str:
    return reaction.letter.refs[reaction.number - 1]


def _asked(reaction: Reaction) -> str:
    """Tell for whom the reader answers: a deputy who got it in the place of somebody who cannot be reached, for that
    one.
    """
    told = next((told for told in reaction.letter.told if told.ref == ref_of(reaction)), None)
    reached = told is None or not told.tried or told.person.startswith("shadow/")
    return reaction.letter.person if told is None or reached else told.person


def _due(world: "World", reaction: Reaction) -> Any:
    told = next((told for told in reaction.letter.told if told.ref == ref_of(reaction)), None)
    task = world.scene().task(ref_of(reaction))
    return told.due_on if told and told.rung != "ended" else (task.due_on if task else None)
