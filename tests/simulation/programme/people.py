"""Let the programme team and the owners add to the records by the doors that they have: their forms, and their link."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from config.rendering.texts import texts
from tasks.changes.record import Refused
from tasks.council.run import CouncilRun
from tasks.links.own_actions import say_of_action
from tasks.proposals.proposal import Done, confirm
from tests.simulation.days import london
from tests.simulation.folk import Folk
from tests.simulation.programme.diary import Diary, Entry
from tests.simulation.programme.given import given
from tests.simulation.programme.recount import recount
from tests.simulation.promises import NUMBERS, Broken
from tests.simulation.script import Event
from tests.simulation.town import KEY, chance
from tests.support.lived_programme import MANAGERS, TEAMS
from timeline.letters.own_actions import SaidOfAction
from timeline.programme.actions import Progress
from web.administrators.changes import actions, meetings, registers
from web.administrators.changes.fields import faults, values

if TYPE_CHECKING:
    from random import Random

    from tests.simulation.world import World

_TEXTS = texts()
FORMS = {form.name: form for subject in (actions, registers, meetings) for form in subject.forms(_TEXTS)}
_NAMES = {"own": "progress"}
_UPDATES = "SELECT count(*) FROM programme_update WHERE council = :key"


class Programme:
    """Hold what people do with the programme, and the world's own diary of it."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self.diary = Diary(world.town.start)
        self.counted = 0

    def happens(self, event: Event) -> None:
        """Let somebody add to a record, or read every report."""
        world = self._world
        if event.what == "reports":
            if world.clock.is_right and not world.neighbour.stands:
                numbers = recount(world, self.diary)
                self.counted += numbers
                world.say(f"{numbers} numbers of the reports are counted a second time.")
            return
        luck, at = chance(world.script.seed, f"what of {event.id}"), world.clock.now
        on = london(at).date() - timedelta(days=luck.choice([0, 0, 1, 4]))
        said = _SAID[event.what](luck, on, event)
        entry = Entry(_NAMES.get(event.what, event.what), event.who, on, at, said)
        if on >= world.town.start and self._adds(event, entry):
            self.diary.entries.append(entry)
            world.say(f"Added to {event.who}: {event.what}, of {on:%a %-d %b %Y}.")
        stands = world.machine.rows(_UPDATES, key=KEY)[0][0]
        if stands != len(self.diary.entries):
            raise Broken(NUMBERS, f"{stands} updates stand recorded and {len(self.diary.entries)} were made.")

    def _adds(self, event: Event, entry: Entry) -> bool:
        if event.what == "own":
            return self._says(entry)
        world, form, typed = self._world, FORMS[entry.kind], _typed(entry)

        def propose() -> Any:
            run = CouncilRun(world.store, world.settings, entry.at)
            fields = tuple(form.fields(run, _TEXTS))
            if wrong := faults(fields, typed, _TEXTS):
                raise Broken(NUMBERS, f"The form “{form.name}” takes nothing: {wrong}.")
            return form.propose(run, {**values(fields, typed), "who": "lead"})

        try:
            seen = propose().seen
            made = confirm(propose, seen, despite_risks=True, who="lead", at=entry.at)
        except Refused as refused:
            raise Broken(NUMBERS, f"{event.id} was refused: {refused}") from None
        return isinstance(made, Done) and not made.already

    def _says(self, entry: Entry) -> bool:
        """Let the owner say it behind the link, today; nobody where the action has no owner who is there."""
        world, key = self._world, entry.record.partition(".")[2]
        owner = given(world.town.start).actions[key].owner
        folk = Folk(world.known.directory, london(entry.at).date())
        who = folk.holder(owner) if owner in world.known.directory.posts else ""
        if not who or entry.on != folk.on:
            return False
        said = entry.said
        words = SaidOfAction(Progress(said["progress"]), said["percent"], said["expected"], said["why"])
        say_of_action(world.store, world.settings, world.known.directory.people[who], key, words, at=entry.at)
        entry.said["by"] = owner
        return True


def _progress(luck: "Random", on: date, event: Event) -> dict[str, Any]:
    progress = luck.choice(list(Progress)).value
    expected = on + timedelta(days=luck.randint(5, 90)) if luck.random() < 0.3 else None
    percent = luck.choice([None, 0, 35, 100])
    why = f"Told in {event.id}."
    return {
        "progress": progress,
        "percent": percent,
        "expected": expected,
        "why": why,
        "by": "improvement_programme_lead",
    }


def _rebase(luck: "Random", on: date, event: Event) -> dict[str, Any]:
    return {"due": on + timedelta(days=luck.randint(20, 200)), "why": f"Agreed in {event.id}.", "by": "director"}


def _risk(luck: "Random", on: date, event: Event) -> dict[str, Any]:
    review = on + timedelta(days=luck.randint(20, 120))
    rating = luck.choice("ABCDEF"), luck.randint(1, 4)
    mitigation = f"Done in {event.id}." if luck.random() < 0.4 else ""
    return {"rating": rating, "review": review, "mitigation": mitigation, "why": f"Rated in {event.id}."}


def _value(luck: "Random", on: date, event: Event) -> dict[str, Any]:
    return {"number": Decimal(luck.randrange(5, 60)), "source": f"Dashboard {event.id}"}


def _meeting(luck: "Random", on: date, event: Event) -> dict[str, Any]:
    return {"attended": luck.randint(3, 12), "decisions": (f"Decided in {event.id}.",)}


def _session(luck: "Random", on: date, event: Event) -> dict[str, Any]:
    absent = tuple(post for post in MANAGERS if luck.random() < 0.1)
    told = [team for team in TEAMS if luck.random() < 0.9]
    attended = {team: TEAMS[team] - sum(MANAGERS[post] == team for post in absent) for team in told}
    return {"theme": f"Theme of {event.id}", "attended": attended, "absent": absent}


def _evidence(luck: "Random", on: date, event: Event) -> dict[str, Any]:
    expires = on + timedelta(days=luck.randint(10, 200)) if luck.random() < 0.5 else None
    return {"title": f"Note {event.id}", "owner": "head_of_improvement", "expires": expires}


_SAID = {
    "progress": _progress,
    "own": _progress,
    "rebase": _rebase,
    "risk": _risk,
    "measure": _value,
    "meeting": _meeting,
    "session": _session,
    "evidence": _evidence,
}


def _typed(entry: Entry) -> dict[str, str]:
    """Fill in the form as somebody at the page does."""
    said = entry.said
    typed = {"record": entry.record, "by": said.get("by", "director"), **_day("on", entry.on)}
    for name in ("due", "review", "expires", "expected"):
        typed |= _day(name, said[name]) if said.get(name) else {}
    for name in ("progress", "percent", "why", "mitigation", "source", "title", "owner", "theme"):
        typed |= {name: str(said[name])} if said.get(name) is not None else {}
    if entry.kind == "risk":
        typed |= {"likelihood": said["rating"][0], "impact": str(said["rating"][1])}
    if entry.kind == "measure":
        typed["value"] = str(said["number"])
    if entry.kind == "meeting":
        typed |= {"attended": str(said["attended"]), "decisions": "\n".join(said["decisions"]), "source": "minutes"}
    if entry.kind == "session":
        came = {f"came-{n}": str(said["attended"][team]) for n, team in enumerate(TEAMS, 1) if team in said["attended"]}
        typed |= came | {"absent": "\n".join(said["absent"]), "source": "register"}
    return typed


def _day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}
