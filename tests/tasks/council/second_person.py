"""Give the tests of a second person a council in which the owner has done the draft, and its pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.catcher.mailbox import OpenedMail
from tests.harness import World
from tests.tasks.replying import replying
from timeline.answers.responses import Answer

DRAFT = "action-plan/1/draft"
LINK = "https://documents.medway.example/plan/draft-1"
OWNER, MANAGER = "improvement_programme_lead", "head_of_improvement"
NEXT_MORNING = "Wed 25 Sep 2019 08:30"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the programme lead has had the first mail about the draft, and has it done on Tue 24 Sep 2019 at
    10:00.
    """
    with replying(World(tmp_path)) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.lived("Mon 23 Sep 2019 08:30", "action-plan")
        world.expect_mail(to=OWNER, about="First draft")
        world.at("Tue 24 Sep 2019 10:00").answer(DRAFT, Answer.DONE, by=OWNER, evidence=LINK)
        yield world


def state(world: World, ref: str = DRAFT) -> tuple[str, int]:
    """Tell what stands in the row, and how many answers were given."""
    with world.store.engine.connect() as connection:
        sql = f"SELECT state, responses FROM milestone WHERE ref = '{ref}'"  # noqa: S608 (a literal of this test)
        given = connection.exec_driver_sql(sql).one()
    return given[0], given[1]


def asked(world: World) -> OpenedMail:
    """Give the mail that asks the second person, the next morning."""
    world.live(NEXT_MORNING, "action-plan")
    return world.expect_mail(to=MANAGER, about="First draft")


def confirm(world: World, by: str = MANAGER, what: Answer = Answer.CONFIRMED, **words: str) -> None:
    world.answer(DRAFT, what, by=by, **words)
