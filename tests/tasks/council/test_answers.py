"""Test that the one door for answers: recorded once, refused in a sentence, and lost to no race."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.council.answers import record_response
from tests.harness import World, snapshot
from tests.support.rotation import CROWD
from timeline.answers.responses import Answer, AnswerRefused, Given, State
from timeline.escalation.prompts import OF_ANSWERS
from timeline.escalation.task_context import task_context

CASES = "plo-panel/1/cases"
BOARD = "action-plan/1/board"
SIGN_OFF = "action-plan/1/sign-off"


@pytest.mark.parametrize(
    ("ref", "answer", "sentence"),
    [
        ("plo-panel/1/nonsense", Answer.ACKNOWLEDGED, "There is no task “plo-panel/1/nonsense”."),
        ("monitoring-visit/1/data", Answer.DONE, "This task has no date yet: it waits for visit_confirmed."),
        (CASES, Answer.DONE, "Please give a link or a reference that shows it is done."),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_a_sentence(
    world: World, ref: str, answer: Answer, sentence: str
) -> None:
    before = snapshot(world.store)
    with pytest.raises(AnswerRefused) as refused:
        world.answer(ref, answer, by="performance_lead")
    assert str(refused.value) == sentence
    assert snapshot(world.store) == before


def test_different_answers_at_once_are_all_recorded(world: World) -> None:
    texts = [f"Reason number {n}" for n in range(20)]
    with ThreadPoolExecutor(20) as people:
        list(people.map(lambda text: world.answer(CASES, Answer.HELP, by="performance_lead", text=text), texts))
    assert sorted(response.text for response in world.store.inbound.responses(refs={CASES})[CASES]) == sorted(texts)
    assert world.store.audit.verify() is None


@pytest.mark.slow("lives two weeks, morning by morning")
def test_an_acknowledgement_runs_out_and_it_is_asked_again(world: World) -> None:
    """Test that acknowledged on Mon 21 Oct for five working days: from Mon 28 Oct the reminder of that day is said."""
    world.live("Mon 21 Oct 2019 08:30", "action-plan")
    world.expect_mail(to="improvement_programme_lead", about="before the Improvement Board")
    recorded = world.answer(BOARD, Answer.ACKNOWLEDGED, by="improvement_programme_lead")
    assert recorded.sentences[-1] == "It is not done yet: we are quiet until Monday 28 October, and ask again then."
    for day in ("Tue 22 Oct 2019", "Thu 24 Oct 2019", "Fri 25 Oct 2019"):
        world.live(f"{day} 08:30", "action-plan")
        world.expect_no_mail(about="before the Improvement Board")
    world.live("Mon 28 Oct 2019 08:30", "action-plan")
    world.expect_mail(to="improvement_programme_lead", about="You told us on Monday 21 October that you have this")


@pytest.mark.slow("lives two weeks, morning by morning")
def test_the_director_who_has_acknowledged_a_step_is_asked_again_on_its_day(world: World) -> None:
    world.live("Mon 4 Nov 2019 08:30", "action-plan")
    world.expect_mail(to="director", about="Director signs off")
    recorded = world.answer(SIGN_OFF, Answer.ACKNOWLEDGED, by="director")
    assert recorded.sentences[-1] == "It is not done yet: we are quiet until Thursday 14 November, and ask again then."
    world.live("Mon 11 Nov 2019 08:30", "action-plan")
    world.expect_no_mail(to="director", about="signs off")
    world.live("Thu 14 Nov 2019 08:30", "action-plan")
    world.expect_mail(to="director", about="Director signs off")


def test_done_ends_the_asking_and_help_does_not(world: World) -> None:
    world.done(CASES, by="performance_lead")
    world.answer("plo-panel/1/papers", Answer.HELP, by="project_support", text="Two people short")
    for day in ("Tue 3 Sep 2019", "Wed 4 Sep 2019", "Thu 5 Sep 2019", "Fri 6 Sep 2019"):
        world.live(f"{day} 08:30", "plo-panel")
        world.expect_no_mail(about="List of cases")
    assert world.mails(about="Papers for the PLO panel", ever=True) != []


def test_the_same_words_again_change_nothing(world: World) -> None:
    first = world.answer(CASES, Answer.HELP, by="performance_lead", text="Two people short")
    before = snapshot(world.store)
    again = world.at("Wed 28 Aug 2019 11:00").answer(CASES, Answer.HELP, by="performance_lead", text="Two people short")
    assert (first.already, again.already) == (False, True)
    assert again.sentences[0] == "Recorded on Wednesday 28 August 2019 at 08:30."
    assert snapshot(world.store) == before


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.requires("postgresql"))])
@pytest.mark.slow("many clients answer at once, each on a connection of its own")
def test_many_clients_at_once_give_one_record(request: pytest.FixtureRequest, tmp_path: Path, database: str) -> None:
    """Test that each read its clock before it waited for its turn, so that they come to the store in any order."""
    url = request.getfixturevalue("fresh_postgres_url") if database == "postgresql" else ""
    with World(tmp_path, database_url=url) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.lived("Wed 28 Aug 2019 08:30", "plo-panel")
        given = Given(person=world.person("performance_lead"), answer=Answer.HELP, via="page", text="Two people short")
        instants = [world.now + timedelta(milliseconds=37 * n % CROWD) for n in range(CROWD)]
        with ThreadPoolExecutor(CROWD) as clients:
            told = list(
                clients.map(lambda at: record_response(world.store, world.settings, CASES, given, at=at), instants)
            )
        assert [recorded.already for recorded in told].count(False) == 1
        assert len(world.store.inbound.responses(refs={CASES})[CASES]) == 1
        climbed = [entry for entry in world.store.ledger.entries(refs={CASES})[CASES] if entry.key.rung in OF_ANSWERS]
        assert len(climbed) == 1
        assert world.store.audit.verify() is None


@pytest.mark.parametrize(
    ("later", "earlier", "state"),
    [
        (Answer.DONE, Answer.ACKNOWLEDGED, State.DONE),
        (Answer.DONE, Answer.HELP, State.DONE),
        (Answer.HELP, Answer.HELP, State.BLOCKED),
    ],
)
def test_an_older_answer_that_comes_late_undoes_nothing(
    world: World, later: Answer, earlier: Answer, state: State
) -> None:
    words = {"evidence": "Cabinet, item 6"} if later is Answer.DONE else {"text": "Two people short"}
    by = world.person("performance_lead")
    first = Given(person=by, answer=later, via="page", **words)
    record_response(world.store, world.settings, CASES, first, at=world.now + timedelta(seconds=2))
    late = Given(person=by, answer=earlier, via="mail", text="Two people short")
    if later is Answer.DONE:
        with pytest.raises(AnswerRefused, match="already recorded as done"):
            record_response(world.store, world.settings, CASES, late, at=world.now)
    else:
        assert record_response(world.store, world.settings, CASES, late, at=world.now).already
    loaded = world.store.definitions.load_task(CASES, world.settings.working_hours)
    assert loaded is not None
    in_an_hour = world.now + timedelta(hours=1)
    assert (
        task_context(loaded.timeline, loaded.stored.milestone, (), loaded.stored.responses, at=in_an_hour).status.state
        is state
    )
    assert len(world.store.inbound.responses(refs={CASES})[CASES]) == 1


def test_an_answer_from_a_clock_that_was_far_ahead_delays_no_other(world: World) -> None:
    by = world.person("performance_lead")
    ahead = Given(person=by, answer=Answer.ACKNOWLEDGED, via="page")
    now, world.now = world.now, world.now + timedelta(days=30)
    record_response(world.store, world.settings, CASES, ahead, at=world.now)
    world.now = now
    world.answer(CASES, Answer.HELP, by="performance_lead", text="Two people short")
    assert [response.at for response in world.store.inbound.responses(refs={CASES})[CASES]][-1] == world.now


def test_what_was_done_while_the_clock_was_ahead_is_done_for_every_later_answer(world: World) -> None:
    """Test that the answer stands in the record with an instant to come; it was given, so it counts from now."""
    done = Given(person=world.person("performance_lead"), answer=Answer.DONE, via="page", evidence="Minutes, item 6")
    now, world.now = world.now, world.now + timedelta(days=7)
    record_response(world.store, world.settings, CASES, done, at=world.now)
    world.now = now
    with pytest.raises(AnswerRefused, match="already recorded as done"):
        world.answer(CASES, Answer.DONE, by="performance_lead", evidence="Minutes, item 7")
    assert len(world.store.inbound.responses(refs={CASES})[CASES]) == 1
