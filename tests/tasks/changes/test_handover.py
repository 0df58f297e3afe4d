"""Test that a council that ends passes on its open tasks with everything that was said, and is asked no more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.store import StoreError
from models.store.changes import apply as applying
from models.store.programme.updates import UPDATED
from tasks.assurance.assure import assure
from tasks.changes import handover, record
from tasks.links.secure_link import Links
from tests.harness import World, snapshot, tokens
from tests.tasks.changes.ended_medway import (
    CASES,
    DUTIES,
    ORDER,
    THEME,
    asked,
    hand_over,
    handed_over,
    lived,
    of,
    others,
    serve,
    successor,
)
from timeline.answers.responses import Answer, AnswerRefused
from timeline.escalation.prompts import PromptKey
from timeline.letters.page_views import DeadLink, Reply

ENDED = "Medway Council ended on Friday 1 November 2019: East Medway Council and West Medway Council"
KEYS = ("medway", "east-medway", "west-medway")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.begun(lived)
        yield world


@pytest.fixture
def ended(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path / "ended") as world:
        world.begun(handed_over)
        yield world


def said(world: World) -> set[PromptKey]:
    """Live the two working days after the end, and give what the ledger holds then."""
    for moment in ("Fri 1 Nov 2019 08:30", "Mon 4 Nov 2019 08:30"):
        world.live(moment, *DUTIES)
    return {entry.key for entries in world.store.ledger.entries(frozenset(DUTIES)).values() for entry in entries}


def test_the_successor_says_just_what_the_council_would_have_said(world: World, ended: World) -> None:
    """Test that no step is said twice and none skipped: the same people hear the same, from another council."""
    assert ended.live("Fri 1 Nov 2019 08:30", *DUTIES).messages == ()
    assert said(serve(ended, "east-medway")) == said(world)


def test_open_tasks_go_on_with_dates_answers_and_words_and_the_record_stays(ended: World) -> None:
    before, world = ended.store.plan.milestones(), ended
    for key in KEYS[1:]:
        there = {task.ref: (task.due_on, task.legal_on) for task in of(world, key).plan.milestones()}
        assert there == {task.ref: (task.due_on, task.legal_on) for task in before}
    east, west = (serve(world, key).store for key in KEYS[1:])
    for store, person in ((east, "performance-lead"), (west, "performance-lead-of-medway")):
        (helped,) = store.inbound.responses(refs={CASES})[CASES]
        assert (helped.person, helped.text) == (person, "Two people short")
        # Under the same key another person works in the west.
        assert [each.who for each in store.programmes.updates(at=world.now)] == [person, person]
        assert [event.who for event in store.audit.events() if event.what == UPDATED] == [person, person]
        (done,) = store.inbound.responses(refs={THEME})[THEME]
        assert (done.answer, done.evidence, done.text) == (Answer.DONE, "SharePoint, theme 3", "")
        assert THEME in store.plan.done_refs(frozenset(DUTIES))
    assert [store.audit.verify() for store in (of(world, key) for key in KEYS)] == [None] * 3
    first = east.audit.events()[0]
    assert (first.what, first.ref, first.why) == ("taken over", "medway", ORDER)
    assert first.after.endswith(of(world, "medway").audit.chain_end()[1])
    assert of(world, "medway").inbound.responses(refs={THEME})[THEME][0].text == "Ask me about it"


def test_other_people_are_asked_anew_and_never_answered_for(ended: World) -> None:
    """Test that a call for help falls with its holder: the new holder is asked, and manages nobody else's words."""
    world = serve(ended, "west-medway")
    world.live("Fri 1 Nov 2019 08:30", *DUTIES)
    task = world.store.definitions.load_task(CASES, world.settings.working_hours)
    assert task is not None
    assert [entry.key.person for entry in task.said if entry.accepted_at and entry.written_at == world.now] == [
        "performance-lead"
    ]
    assert {mail.envelope_to[0].rpartition("@")[2] for mail in world.mails()} == {"west.example"}


def test_an_old_link_and_an_old_task_say_who_is_asked_now(ended: World) -> None:
    """Test that a link dies kindly, that it opens no other council's words, and that nothing is recorded."""
    world = ended
    (asking,) = world.mails(to="performance_lead", about="Tuesday 5 November", ever=True)
    old = tokens(asking)[0]
    links = Links(world.settings)
    for dead in (links.open_link(old, at=world.now), links.answer(old, Reply(Answer.ACKNOWLEDGED), at=world.now)):
        assert isinstance(dead, DeadLink)
        assert dead.sentences[0] == f"{ENDED} have its duties now."
        assert "Two people short" not in " ".join(dead.sentences)
    with pytest.raises(AnswerRefused, match=r"have its duties now\. Nothing was recorded here"):
        world.answer(CASES, Answer.ACKNOWLEDGED, by="performance_lead")
    assert len(world.store.inbound.responses(refs={CASES})[CASES]) == 1


def test_assurance_of_the_council_that_ended_is_green_with_the_reason(ended: World) -> None:
    world = ended
    world.at("Mon 4 Nov 2019 08:45")
    run = assure(world.store, world.settings, at=world.now)
    assert (run.is_red, run.notes) == (False, (f"{ENDED} have its duties now.",))
    assert world.monday() == f"{ENDED} have its duties now."


def test_taken_back_the_council_goes_on_with_what_was_answered_meanwhile(ended: World, tmp_path: Path) -> None:
    world, east = ended, successor(tmp_path, "east")
    serve(world, "east-medway").at("Fri 1 Nov 2019 11:00")
    world.answer(CASES, Answer.DONE, by="performance_lead", evidence="List 3")
    medway = of(world, "medway")
    world.at("Fri 1 Nov 2019 14:00")
    keys = handover.take_back(medway, world.settings, at=world.now, who="Programme lead", why="The Order was quashed")
    assert keys == KEYS[1:]
    assert [each.answer for each in medway.inbound.responses(refs={CASES})[CASES]] == [Answer.HELP, Answer.DONE]
    assert CASES in medway.plan.done_refs(frozenset(DUTIES))
    with pytest.raises(AnswerRefused, match="The handover to East Medway Council was taken back on Friday 1 November"):
        world.answer("plo-panel/3/papers", Answer.ACKNOWLEDGED, by="project_support")
    assert world.live("Mon 4 Nov 2019 08:30", *DUTIES).messages == ()
    assert serve(world, "medway").live("Mon 4 Nov 2019 08:30", *DUTIES).messages
    world.at("Mon 2 Dec 2019 07:10")
    handover.hand_over(medway, world.settings, asked(east, on="Mon 2 Dec 2019"), at=world.now)
    assert world.live("Mon 2 Dec 2019 08:30", *DUTIES).messages == ()
    assert serve(world, "east-medway").live("Mon 2 Dec 2019 08:30", *DUTIES).messages
    assert [of(world, key).audit.verify() for key in KEYS[:2]] == [None, None]
    assert len(world.store.programmes.updates(at=world.now)) == 2


def test_the_programme_goes_to_those_that_are_named_alone(world: World, tmp_path: Path) -> None:
    hand_over(world, successor(tmp_path, "east"), successor(tmp_path, "west"), programme_to=("west-medway",))
    assert [len(of(world, key).programmes.updates(at=world.now)) for key in KEYS[1:]] == [0, 2]


def test_killed_at_the_second_successor_nothing_of_it_stands(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(world.store)
    real = applying.apply

    def dies_in_the_west(tx: object, timeline: object, **given: object) -> None:
        if given["source"] == "west.yaml":
            raise KeyboardInterrupt
        real(tx, timeline, **given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(applying, "apply", dies_in_the_west)
    with pytest.raises(KeyboardInterrupt):
        hand_over(world, successor(tmp_path, "east"), successor(tmp_path, "west"))
    assert snapshot(world.store) == before


def test_a_council_that_has_begun_already_takes_nothing_over(ended: World, tmp_path: Path) -> None:
    world, before = ended, [snapshot(of(ended, key)) for key in KEYS]
    with pytest.raises(StoreError, match="The council “east-medway” has a timeline of its own"):
        handover.hand_over(
            of(world, "west-medway"), world.settings, asked(successor(tmp_path, "east", people=others())), at=world.now
        )
    assert [snapshot(of(world, key)) for key in KEYS] == before


def test_no_undo_leaves_a_duty_with_nobody(ended: World, tmp_path: Path) -> None:
    world = ended
    for key in KEYS:
        with pytest.raises(StoreError, match="daymark handover --take-back"):
            record.undo(of(world, key), world.settings, at=world.now, who="somebody")
    with pytest.raises(StoreError, match="was handed over already"):
        handover.hand_over(world.store, world.settings, asked(successor(tmp_path, "west")), at=world.now)
