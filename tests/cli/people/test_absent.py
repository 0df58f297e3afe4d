"""`daymark people absent`: shown with who has the tasks, and ended, corrected or confirmed, with who said so."""

import pytest

from tests.cli.house import Commands
from tests.harness import World, snapshot
from tests.timeline.literals import day
from timeline.answers.inbound import Inbound, InboundState
from timeline.definitions.absences import Absence

POST, ADDRESS, PERSON = "performance_lead", "performance.lead@medway.example", "performance-lead"


def hear(house: World, last: str) -> None:
    heard = Inbound(
        id=f"note until {last}",
        via="mail",
        received_at=house.now,
        kind="auto_reply",
        state=InboundState.RECORDED,
        why="Away.",
        person=PERSON,
    )
    house.store.inbound.record_absence(heard, Absence(person=PERSON, from_on=house.now.date(), until_on=day(last)))


def is_away(house: World) -> bool:
    return house.timeline.directory.absent(PERSON, on=house.now.date())


def test_it_shows_says_that_somebody_is_back_and_takes_it_back(house: World, daymark: Commands) -> None:
    assert daymark("people", "absent").out == "Nobody is known to be away.\n"
    hear(house, "Fri 6 Sep 2019")
    assert "The Performance lead is away" in daymark("people", "absent", POST).out
    assert "until Friday 6 September 2019" in daymark("people", "absent").out
    said = daymark("people", "absent", POST, "--back", "--by", "Programme lead")
    assert (said.code, is_away(house)) == (0, False)
    assert "That was taken back: the tasks stay with the Performance lead." in said.out
    (event,) = [event for event in house.store.audit.events() if event.what == "absence ended"]
    assert (event.ref, event.who, event.via) == (PERSON, "", "command line")
    daymark("people", "absent", ADDRESS, "--until", "2019-09-04")
    assert [absence.until_on for absence in house.timeline.directory.absences] == [day("Wed 4 Sep 2019")]


def test_a_long_absence_waits_until_somebody_confirms_it(house: World, daymark: Commands) -> None:
    hear(house, "Fri 31 Jan 2020")
    assert not is_away(house)
    assert "does not count until somebody confirms it" in daymark("people", "absent", POST).out
    (known,) = daymark("people", "absent", "--json").objects
    assert (known["heard"], known["waits"], known["in_force"], known["until"]) == (True, True, False, "2020-01-31")
    assert "by a note that waits to be confirmed" in daymark("people", "list").out
    why = daymark("why", "plo-panel/1/cases")
    assert "does not count until somebody confirms it" in why.out
    assert daymark("people", "absent", POST, "--until", "2020-01-31").code == 0
    assert is_away(house)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (("--back",), "Say who, and either --until DATE or --back."),
        ((POST, "--back", "--until", "2019-09-04"), "Say who, and either --until DATE or --back."),
        ((POST, "--until", "2019-08-01"), "Thursday 1 August 2019 has passed"),
        ((POST, "--until", "2029-08-01"), "is more than a year and a half ahead"),
        ((POST, "--until", "soon"), "soon"),
        (("nobody@medway.example", "--back"), "Nobody here has the address"),
        (("no_such_post", "--back"), "There is no post “no_such_post”"),
        (("director", "--back"), "“director” is not known to be away"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    house: World, daymark: Commands, given: tuple[str, ...], fault: str
) -> None:
    hear(house, "Fri 6 Sep 2019")
    before = snapshot(house.store)
    said = daymark("people", "absent", *given)
    assert said.code == 2
    assert fault in " ".join(said.faults)
    assert snapshot(house.store) == before
