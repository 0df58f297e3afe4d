"""Test the documents say what is so: their links, commands, settings, words and decisions."""

import inspect
import pkgutil
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

import timeline
from cli.commands import COMMANDS
from cli.main import run
from config.settings import ROOT, Settings
from config.timeline_files.timeline_shapes import RetentionShape
from models.tables import Row
from tests.support.pages import NAMES, anchors, blocks, links, pictures, prose, table, text
from timeline.definitions.retention import RecordKind, Retention

DECISIONS = [name for name in NAMES if re.match(r"docs/decisions/\d", name)]
GLOSSARY = "docs/glossary.md"
DATA_PROTECTION = "docs/data-protection.md"
FIELD = {
    "absence",
    "assistant",
    "certainty",
    "class",
    "clear days",
    "council",
    "delivery",
    "deputy",
    "embargo",
    "fact",
    "holder",
    "ladder",
    "legal date",
    "message",
    "milestone",
    "obligation",
    "occurrence",
    "post",
    "prompt",
    "response",
    "rung",
    "window",
    "working date",
    "working day",
}


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    for target in links(name):
        if target.startswith(("https://", "http://")):
            continue
        path, _, anchor = target.partition("#")
        file = ((ROOT / name).parent / path).resolve() if path else ROOT / name
        assert file.is_file(), f"{name} links to {target}, which is not there"
        assert not anchor or anchor in anchors(file.relative_to(ROOT).as_posix()), f"{name} links to {target}"


@pytest.mark.parametrize("name", [name for name in NAMES if pictures(name)])
def test_pictures_are_there(name: str) -> None:
    for target in pictures(name):
        assert ((ROOT / name).parent / target).is_file(), f"{name} shows {target}, which is not there: take the picture"


@pytest.mark.parametrize("name", NAMES)
def test_no_document_names_a_registry_or_a_place_on_a_machine(name: str) -> None:
    registries = "pypi|python.?hosted|npmjs|yarnpkg|crates|anaconda"
    places = "work|root|home|tmp|Users|opt|usr|var|etc|mnt|srv"
    # An operator is told where the units have Daymark, and where Debian has its own.
    stated = "opt/daymark|etc/daymark|var/lib/daymark|etc/caddy|etc/redis|etc/systemd/system"
    somewhere = rf"(?<![\w.])/(?!(?:{stated})\b)(?:{places})/\S*"
    assert not re.findall(rf"\b(?:{registries})\.\w+|{somewhere}|\b[A-Z]:\\\S*", text(name))


OPENING = re.compile(
    r"(?:^[-*>\d. |]*|(?<=[.?!:”\"*)] )|\| )(?:\*\*)?(?:What|Who|Whoever|Whose|Whom|Nobody|Of)\b.*", re.MULTILINE
)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "docs/architecture.md"])
def test_no_sentence_begins_with_a_word_that_makes_it_be_read_twice(name: str) -> None:
    """Test that headings may ask; the simulation's table quotes what the simulation prints."""
    lines = [line for line in prose(name).splitlines() if not re.match(r"#|\| `[a-z-]+` \| .* \| \d+ \|", line)]
    assert OPENING.findall("\n".join(lines)) == [], f"{name}: begin with the subject"


def test_the_two_commands_and_every_other_make_target_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    named = {target for name in NAMES for target in re.findall(r"(?:^|`)make ([a-z]+)", text(name), re.MULTILINE)}
    assert {"run", "test"} <= named
    assert named <= targets


def test_the_readme_shows_six_commands_and_leads_to_the_rest() -> None:
    """Test that the page of all commands is held to be whole in test_docs_commands.py."""
    commands = {command for names in COMMANDS.values() for command in names}
    shown = [row["command"].split()[1] for row in table("README.md", "Your council")]
    assert len(shown) == 6
    assert commands.issuperset(shown)
    assert "docs/commands.md" in links("README.md")


def test_every_command_that_is_named_stands_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    listed = set(re.findall(r"^  ([a-z-]+)  ", capsys.readouterr().out, re.MULTILINE))
    for name in NAMES:
        named = set(re.findall(r"(?:^|`|\$ )daymark ([a-z-]+)", text(name), re.MULTILINE))
        assert named <= listed, f"{name} names commands that are not there: {sorted(named - listed)}"


def test_what_a_console_shows_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    shown = [block for name in NAMES for block in blocks(name, "console")]
    assert shown
    for block in shown:
        command, _, output = block.partition("\n")
        assert run(shlex.split(command)[2:]) == 0
        assert capsys.readouterr().out == output


def test_the_table_of_settings_is_whole_and_its_defaults_are_true() -> None:
    rows = table("docs/settings.md", "Settings")
    defaults = {f"DAYMARK_{name.upper()}": _default(name) for name in Settings.model_fields}
    assert {row["setting"]: row["default"] for row in rows} == defaults
    assert len(rows) == len(defaults)


def _default(name: str) -> str:
    value = getattr(Settings.given(), name)
    if name == "working_hours":
        return f"{value.opens:%H:%M}-{value.closes:%H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value in (None, "") else str(value).replace(str(ROOT), ".").replace(str(Path.cwd()), ".")


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_that_is_named_exists(name: str) -> None:
    existing = {f"DAYMARK_{field.upper()}" for field in Settings.model_fields}
    assert set(re.findall(r"DAYMARK_[A-Z_]+", text(name))) <= existing


def test_every_type_that_the_glossary_names_is_one_of_the_heart() -> None:
    named = set(re.findall(r"`([A-Z]\w+)`", text(GLOSSARY)))
    assert len(named) > 15
    assert named - set(_types()) == set()


def test_the_glossary_has_every_type_of_the_definitions_that_a_timeline_states() -> None:
    stated = {"Absence", "Council", "DutyClass", "Embargo", "Fact", "Holder", "Ladder", "Obligation", "Pause", "Post"}
    worked_out = {"Milestone", "Occurrence", "Prompt", "Message", "Response"}
    assert stated | worked_out | {"Rung", "RuleKind", "Certainty", "CouncilTimeline"} <= set(
        re.findall(r"`(\w+)`", text(GLOSSARY))
    )


def test_the_glossary_has_every_term_of_the_field() -> None:
    assert {term.casefold() for term in FIELD} <= {term.casefold() for term in _terms()}


def _types() -> Iterator[str]:
    for module in pkgutil.walk_packages(timeline.__path__, "timeline."):
        for name, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name and not name.startswith("_"):
                yield name


def test_the_glossary_is_in_the_order_of_the_alphabet_and_short() -> None:
    terms = [term.casefold() for term in _terms()]
    assert len(terms) > 50
    assert terms == sorted(terms)
    assert len(text(GLOSSARY).splitlines()) <= 120


def _terms() -> list[str]:
    return re.findall(r"^- \*\*([^*]+?)\.?\*\*", prose(GLOSSARY), re.MULTILINE)


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_is_a_short_record(name: str) -> None:
    assert re.findall(r"^## (.+)$", text(name), re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert 15 <= len(text(name).splitlines()) <= 35


def test_decisions_are_numbered_in_order_and_all_are_listed() -> None:
    numbers = [Path(name).name[:4] for name in DECISIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    assert [re.findall(r"\A# (\d+)\. ", text(name))[0].zfill(4) for name in DECISIONS] == numbers
    assert {f"docs/decisions/{target}" for target in links("docs/decisions/README.md")} >= set(DECISIONS)


def test_the_changelog_begins_with_this_version() -> None:
    assert re.findall(r"^## \[([^\]]+)\]", text("CHANGELOG.md"), re.MULTILINE)[0] == version("daymark")


def test_every_column_that_there_is_stands_in_data_protection() -> None:
    """Test that whoever adds a column says there whether it can be about a person, and for how long it is kept."""
    told = {row["table"]: row for row in table(DATA_PROTECTION, "Every table and column")}
    tables = {
        sorted_table.name: {column.name for column in sorted_table.columns} - {"council"}
        for sorted_table in Row.metadata.sorted_tables
    }
    assert set(told) == set(tables)
    for name, row in told.items():
        about, others = (
            set(re.findall(r"\w+", row[part])) - {"nothing"} for part in ("about a person", "nothing about a person")
        )
        assert not about & others, f"{name} has columns on both sides"
        assert about | others == tables[name], (
            f"{name}: {DATA_PROTECTION} tells {sorted((about | others) ^ tables[name])}"
        )


def test_data_protection_tells_how_long_each_kind_is_kept() -> None:
    kept = Retention()
    told = {row["what"]: (row["setting"], row["default"]) for row in table(DATA_PROTECTION, "How long")}
    assert told == {
        RecordKind.RAW_MAIL.value: ("raw_mail", f"{kept.raw_mail_days} days"),
        RecordKind.ABSENCES.value: ("absences", f"{kept.absence_days} days"),
        RecordKind.FREE_TEXT.value: ("free_text", f"{kept.free_text_months} months"),
        RecordKind.LEDGER.value: ("prompts", f"{kept.prompt_years} years"),
    }
    assert {setting for setting, _ in told.values()} == set(RetentionShape.model_fields)


def test_what_the_data_are_not_used_for_is_said_to_the_officer_and_to_staff() -> None:
    assert text(DATA_PROTECTION).count("**not used for capability or discipline**") == 2
