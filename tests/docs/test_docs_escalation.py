"""Test docs/escalation.md tells what `daymark rehearse` lives through, and what it says besides is true."""

from config.load import TIMELINES, load
from tests.docs import escalation_page
from tests.support.pages import prose, table
from tests.timeline.literals import day
from timeline.definitions.duties import Level
from timeline.escalation.audience import CEILING

PAGE = "docs/escalation.md"


def test_it_is_what_the_rehearsal_gives() -> None:
    stands = escalation_page.PAGE.read_text()
    assert stands == escalation_page.page(), "Make it anew: make docs"


def test_the_classes_and_their_ceilings_are_all_there() -> None:
    assert [row["class"] for row in table(PAGE, "How far a ladder may climb")] == [
        duty_class.value for duty_class in CEILING
    ]


def test_the_days_of_an_acknowledgement_are_those_of_the_pack() -> None:
    duties = load(TIMELINES / "medway-2019.yaml", on=day("Tue 27 Aug 2019")).obligations
    days = {task.ladder.key: task.ladder.acknowledged_for for duty in duties for task in duty.milestones}
    assert {key for key, lasts in days.items() if lasts == 10} == {
        "board",
        "desk",
        "routine",
        "directors-own",
        "directors-next",
    }
    assert {*days.values()} == {5, 10}


def test_nobody_outside_the_council_and_no_member_is_told_anything() -> None:
    directory = load(TIMELINES / "medway-2019.yaml", on=day("Tue 27 Aug 2019")).directory
    outside = [post.title for post in directory.posts.values() if post.level in (Level.MEMBER, Level.EXTERNAL)]
    stories = prose(PAGE).split("## The action plan is not submitted")[1].split("## The effect of an answer")[0]
    assert [title for title in outside if f"to the {title}" in stories] == []
