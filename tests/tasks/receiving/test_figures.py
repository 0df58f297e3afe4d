"""Test that figures which a task asks for come by reply, become values of their measures, and are kept once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.catcher.mailbox import OpenedMail
from tests.harness import World
from tests.support.stated import MEDWAY, variant
from tests.tasks.receiving.taken_in import HELD, IGNORED, OFFICER, RECORDED, responses, taken, words
from tests.tasks.replying import reply, replying
from timeline.answers.responses import Answer
from timeline.programme.measures import Value

__all__ = ["world"]

PROGRAMME = MEDWAY.with_suffix(".programme.yaml")
LOADS, POSTS = "Average caseloads in the assessment service", "assessment-posts"
BOTH = f"{LOADS}: 18.5\n{POSTS}: 9 posts"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the list for the first panel was asked for, with two figures."""
    with replying(World(tmp_path)) as world:
        file = variant(tmp_path, council={"key": "medway", "name": "Medway Council"})
        asked = PROGRAMME.read_text().replace("asked: improvements-report/staffing", "asked: plo-panel/cases")
        file.with_suffix(".programme.yaml").write_text(asked)
        world.at("Tue 27 Aug 2019 07:00").apply(file)
        world.lived("Wed 28 Aug 2019 08:30", "plo-panel")
        yield world


def values(world: World) -> list[str]:
    """Tell each value that was added: its measure, the number, and who entered it."""
    added = world.store.programmes.updates(at=world.now)
    return [f"{each.record} {each.part.number}" for each in added if isinstance(each.part, Value)]


def receipt(world: World) -> str:
    return words(world.expect_mail(to="performance_lead"))


def test_the_mail_lists_the_figures_with_their_last_value(mail: OpenedMail) -> None:
    told = words(mail)
    assert "- Additional social work posts funded in the assessment teams (in posts): last 8 posts, Tuesday" in told
    assert f"- {LOADS}: last down by 20 % since the inspection, Tuesday 27 August" in told
    assert "Reply “done” and below that a line for each" in told
    assert "<li>" in mail.html


def test_done_with_figures_below_is_done_and_their_values_are_kept_once(world: World, mail: OpenedMail) -> None:
    raw = reply(mail, f"Done, thanks\n{BOTH}\nTurnover: 12 %\n\nKim", by=OFFICER)
    assert taken(world, raw).state is RECORDED
    assert taken(world, raw).state is not HELD
    (answer,) = responses(world)
    assert answer.answer is Answer.DONE
    assert answer.evidence.startswith(f"{LOADS}: 18.5; Additional social work posts")
    assert values(world) == ["measures.assessment-caseloads 18.5", "measures.assessment-posts 9"]
    told = receipt(world)
    assert f"Recorded as values: {LOADS}: 18.5; Additional" in told
    assert "“Turnover: 12 %” is no figure that this task asks for, so it was not recorded as one." in told
    again = reply(mail, f"Done\n{LOADS}: 18.5\n{POSTS}: 10", by=OFFICER)
    assert taken(world, again).state is RECORDED
    assert values(world)[2:] == ["measures.assessment-posts 10"]
    assert len(responses(world)) == 1


@pytest.mark.parametrize(
    ("said", "state", "answer", "added", "told"),
    [
        (f"{BOTH}\nDone", RECORDED, Answer.DONE, 2, "Recorded as done"),
        (f"Done:\n{BOTH}", RECORDED, Answer.DONE, 2, "Recorded as done"),
        (BOTH, RECORDED, Answer.ACKNOWLEDGED, 2, "It is not done yet"),
        (f"Done\n{LOADS}: 18", RECORDED, Answer.ACKNOWLEDGED, 1, "Not given: Additional social work posts"),
        (f"Done\n{LOADS}: 12,5\n{POSTS}: 9", IGNORED, None, 0, "found “12,5”, expected a number such as 8, 12.5"),
        (f"Not done yet\n{BOTH}", HELD, None, 0, "we could not tell what it means"),
        (f"Help, who counts them?\n{BOTH}", HELD, None, 0, "we could not tell what it means"),
        (f"I need help\n{BOTH}", RECORDED, Answer.HELP, 0, "You asked for help"),
        (f"Done\n{BOTH}\nThe figure for October will change", RECORDED, Answer.DONE, 2, "first line of your mail and"),
    ],
)
def test_what_is_not_certain_records_no_figure(
    world: World, mail: OpenedMail, said: str, state: object, answer: Answer | None, added: int, told: str
) -> None:
    assert taken(world, reply(mail, said, by=OFFICER)).state is state
    assert [given.answer for given in responses(world)] == ([answer] if answer else [])
    assert len(values(world)) == added
    assert told in receipt(world)
