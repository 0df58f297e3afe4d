"""The one door for answers: recorded once, refused in a sentence, and lost to no race."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.harness import World, snapshot
from timeline.answers.responses import Answer, AnswerRefused

CASES = "plo-panel/1/cases"
SIGN_OFF = "action-plan/1/sign-off"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        yield world


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
    """Acknowledged on Mon 4 Nov for five working days: from Mon 11 Nov the reminder of that day is said."""
    world.live("Mon 4 Nov 2019 08:30", "action-plan")
    world.expect_mail(to="director", about="Director signs off")
    recorded = world.answer(SIGN_OFF, Answer.ACKNOWLEDGED, by="director")
    assert recorded.sentences[-1] == "It is not done yet: we ask again on Monday 11 November 2019."
    for day in ("Tue 5 Nov 2019", "Thu 7 Nov 2019", "Fri 8 Nov 2019"):
        world.live(f"{day} 08:30", "action-plan")
        world.expect_no_mail(about="signs off")
    world.live("Mon 11 Nov 2019 08:30", "action-plan")
    world.expect_mail(to="director", about="You told us on Monday 4 November that you have this")


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
