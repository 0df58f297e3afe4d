"""Test that the map of the house shows every room and wing, in the words of the wings themselves."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from config.settings import ROOT
from tests.docs.architecture_page import PAGE, page, rooms, sentence, wings

# A folder that holds more than this has a second subject: it needs a wing.
MOST_MODULES = 16
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
# Words with which no sentence in the imperative begins: a docstring that begins so is read twice.
NO_VERBS = (
    "a|after|all|an|and|another|any|anybody|anyone|as|at|because|before|behind|beside|between|both|but|by|during|each|"
    "either|even|every|everybody|everyone|everything|few|for|from|how|if|in|into|it|its|many|more|most|neither|never|"
    "no|nobody|none|not|nothing|now|of|off|on|once|one|only|or|our|out|over|she|some|somebody|someone|something|still|"
    "such|than|that|the|their|then|there|these|they|this|those|though|three|through|to|two|under|until|upon|we|what|"
    "whatever|when|whenever|where|wherever|whether|which|whichever|while|who|whoever|whole|whom|whose|why|with|within|"
    "without|you"
)
BEGINS_OTHERWISE = re.compile(rf'(?:\A|:\n *)r?"""((?:{NO_VERBS})\b.*)', re.IGNORECASE)
# A word that ends in a single "s" is a verb in the third person ("Holds") or a noun ("Words", "Ofsted's").
NO_ORDER = re.compile(r'(?:\A|:\n *)r?"""([a-z]+[^s\W]s\b.*)', re.IGNORECASE)


def test_the_page_is_made_from_the_wings() -> None:
    assert PAGE.read_text() == page(), "Make it anew: make docs"


def test_every_room_and_wing_says_in_a_sentence_what_it_is_for() -> None:
    packages = [package for room in rooms() for package in (room, *wings(room))]
    assert [package.name for package in packages if not sentence(package).endswith(".")] == []


def test_no_folder_has_more_modules_than_one_can_look_over() -> None:
    packages = [init.parent for room in rooms() for init in room.rglob("__init__.py")]
    modules = {str(folder): [file for file in folder.glob("*.py") if file.name != "__init__.py"] for folder in packages}
    assert [folder for folder, files in modules.items() if len(files) > MOST_MODULES] == []


def test_no_file_and_no_function_is_too_long_to_read() -> None:
    files = [file for room in rooms() for file in room.rglob("*.py")]
    of_all = [*files, *(ROOT / "tests").rglob("*.py")]
    lengths = {file.relative_to(ROOT).as_posix(): len(file.read_text().splitlines()) for file in of_all}
    assert {name for name, lines in lengths.items() if lines > LONGEST_FILE} == set()
    # A migration is written once and never changed: parting one that has run mends nothing.
    written = [file for file in files if "versions" not in file.parts]
    functions = {name: lines for file in written for name, lines in _functions(file) if lines > LONGEST_FUNCTION}
    assert functions == {}


def test_every_docstring_begins_with_its_verb() -> None:
    """Test the first words of all modules, classes and functions; a value's own text may name what it is."""
    files = [file for room in (*rooms(), ROOT / "tests") for file in room.rglob("*.py")]
    begun = {file.relative_to(ROOT).as_posix(): BEGINS_OTHERWISE.findall(file.read_text()) for file in files}
    ours = {file.relative_to(ROOT).as_posix(): file.read_text() for room in rooms() for file in room.rglob("*.py")}
    begun |= {file: [*begun[file], *NO_ORDER.findall(text)] for file, text in ours.items()}
    otherwise = {file: lines for file, lines in begun.items() if lines}
    assert otherwise == {}, "Begin it with its verb in the imperative: Draw …, Ask …, Test that …"


def _functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield f"{file.relative_to(ROOT).as_posix()}: {node.name}", node.end_lineno - node.lineno + 1
