"""Live a year of a programme: updates, values, panels and training, drawn by chance, the same for the same seed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.support.programmes import medways
from timeline.programme.actions import Progress, Rebase, Update
from timeline.programme.bodies import Meeting, Session, Training
from timeline.programme.measures import Value
from timeline.programme.papers import Evidence
from timeline.programme.programme import Programme
from timeline.programme.risks import Assessment, Rating

BEGUN, ENDED = date(2019, 9, 2), date(2020, 8, 31)
TEAMS = {"Assessment": 6, "Children in care": 5, "Early help hubs": 3, "Adoption": 2}
MANAGERS = {f"pm_{team.split()[0].lower()}_{n}": team for team, number in TEAMS.items() for n in range(1, number + 1)}


def a_year(seed: int = 5) -> Programme:
    """Give Medway's programme after a year in which everybody told what they did."""
    chance, given = Random(seed), medways()  # noqa: S311 (a story, and no secret)
    return replace(
        given,
        actions={
            key: replace(each, areas=each.areas or ("staffing",), **_told(chance))
            for key, each in given.actions.items()
        },
        measures={key: replace(each, values=(*each.values, *_values(chance))) for key, each in given.measures.items()},
        risks={
            key: replace(each, assessments=(*each.assessments, *_assessments(chance)))
            for key, each in given.risks.items()
        },
        bodies={key: replace(each, meetings=tuple(_meetings(chance))) for key, each in given.bodies.items()},
        training=_training(chance, given.training) if given.training else None,
        evidence={each.key: each for each in _evidence(chance)},
    )


def _months() -> Iterator[date]:
    yield from (BEGUN + timedelta(days=30 * n) for n in range(12))


def _told(chance: Random) -> dict[str, Any]:
    updates = tuple(
        Update(on=on, by="head_of_improvement", progress=chance.choice(list(Progress)), why=f"Reason {chance.random()}")
        for on in _months()
        if chance.random() < 0.7
    )
    moved = chance.choice(list(_months()))
    rebase = Rebase(on=moved, by="director", due_on=moved + timedelta(days=90), why=f"Agreed {chance.random()}")
    evidence = (f"audit-{chance.randrange(4)}",)
    return {"updates": updates, "rebases": (rebase,) if chance.random() < 0.5 else (), "evidence": evidence}


def _values(chance: Random) -> Iterator[Value]:
    for on in _months():
        yield Value(on=on, by="performance_lead", number=Decimal(chance.randrange(8, 30)))


def _assessments(chance: Random) -> Iterator[Assessment]:
    for on in _months():
        rating = Rating(chance.choice("ABCDEF"), chance.randrange(1, 5))
        yield Assessment(on=on, by="head_of_improvement", rating=rating)


def _meetings(chance: Random) -> Iterator[Meeting]:
    for on in _months():
        yield Meeting(on=on, attended=8, decisions=(f"Decision {chance.random()}.",), source="minutes")


def _training(chance: Random, given: Training) -> Training:
    sessions = tuple(_session(chance, on) for on in _months())
    return replace(given, teams=TEAMS, managers=MANAGERS, sessions=sessions)


def _session(chance: Random, on: date) -> Session:
    """Hold a session: of each team those came who were not absent; one team of the four is left out now and then."""
    absent = tuple(post for post in MANAGERS if chance.random() < 0.1)
    told = [team for team in TEAMS if chance.random() < 0.9]
    attended = {team: TEAMS[team] - sum(MANAGERS[post] == team for post in absent) for team in told}
    return Session(on=on, theme=f"Theme of {on:%B}", trainer="", attended=attended, source="list", absent=absent)


def _evidence(chance: Random) -> Iterator[Evidence]:
    for n in range(4):
        on = chance.choice(list(_months()))
        yield Evidence(
            key=f"audit-{n}",
            title=f"Audit {n}",
            on=on,
            owner="performance_lead",
            expires_on=on + timedelta(days=60) if n % 2 else None,
            link="",
            source="file",
            checked_by="principal_social_worker" if n else "",
            checked_on=on + timedelta(days=3) if n else None,
        )
