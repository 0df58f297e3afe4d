"""Test docs/commands.md is what the commands say of themselves, and its examples can be typed."""

import shlex

import pytest

from cli.commands import COMMANDS
from tests.docs import commands_page
from tests.docs.commands_page import EXAMPLES, WINGS, commands
from tests.support.pages import text

EVERY = {command.name: command for command in commands()}


def test_it_is_what_the_commands_say() -> None:
    assert commands_page.PAGE.read_text() == commands_page.page(), "Make it anew: make docs"


def test_every_command_has_its_section_and_no_other() -> None:
    headings = [line for line in text("docs/commands.md").splitlines() if line.startswith("### ")]
    listed = {heading.removeprefix("### `daymark ").rstrip("`") for heading in headings}
    assert listed == set(EVERY)
    assert {name.split()[0] for name in listed} == {name for names in COMMANDS.values() for name in names}


def test_every_wing_of_the_command_has_a_heading() -> None:
    assert {command.wing for command in EVERY.values()} == set(WINGS)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_can_be_typed(name: str) -> None:
    """Test that it is parsed as the command would, and nothing is done."""
    words = shlex.split(EXAMPLES[name])[1:]
    own = name.split()
    assert words[: len(own)] == own
    assert EVERY[name].made.make_context(name, words[len(own) :])
