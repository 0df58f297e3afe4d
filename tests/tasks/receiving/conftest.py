"""Give every test of a mail that is taken in a council, and the first mail of it that can be answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.catcher.mailbox import OpenedMail
from tests.harness import World
from tests.tasks.replying import replying


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Begin when the performance lead has had the first mail about the first panel, on Wed 28 Aug 2019 at 08:30."""
    with replying(World(tmp_path)) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.lived("Wed 28 Aug 2019 08:30", "plo-panel")
        yield world


@pytest.fixture
def mail(world: World) -> OpenedMail:
    """Open that mail, and let 42 minutes pass."""
    opened_mail = world.expect_mail(to="performance_lead")
    world.at("Wed 28 Aug 2019 09:12")
    return opened_mail
