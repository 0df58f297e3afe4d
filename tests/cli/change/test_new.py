"""`daymark new`: a whole timeline from a few facts, for any council and any name."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.main import run
from config.load import RULES, load
from config.new_council.questions import LONGEST_NAME, Newcomer, key_of
from config.new_council.timeline_file import timeline_of
from config.timeline_files.plain_yaml import read
from config.timeline_files.timeline_shapes import TimelineShape
from tests.cli.house import Commands
from tests.harness import World
from tests.support.fuzzing import looks_at
from tests.timeline.literals import day

ANYTOWN = ("--name", "Anytown Council", "--published", "2026-09-14")
WHOLE = (
    *("--name", "Medway Council", "--published", "2019-08-27", "--received", "2019-08-21"),
    *("--direction", "2019-08-27", "--commissioner-report", "2019-12-01"),
    *("--inspection", "2019-07-15", "2019-07-26"),
)
NAMES = [
    "Kingston upon Hull City Council",
    "“St Helens” Borough Council",
    "King's Lynn and West Norfolk",
    "Anytown: a council # not a comment",
    'The "Royal" Borough & its \\ neighbours',
    "- {fact: moved}, [x]: !tag *alias &anchor %d | > @ `",
    "Château-Rouge Métropole",
    "Cyngor Sir Ynys Môn ŵ ŷ Ŵ",
    "null",
    "2019-08-27",
    "3 Rivers",
    "東京 🏴",
]


def test_what_it_writes_can_be_checked_and_applied_as_it_stands(empty: World, daymark: Commands) -> None:
    file = empty.home / "anytown.yaml"
    said = daymark("new", *ANYTOWN, "--out", file)
    assert (said.code, said.err) == (0, "")
    assert said.out == f"Wrote {file}. Next: daymark check {file}\n"
    (unknown,) = daymark("check", file).out.splitlines()
    assert "“report_received” is not recorded, and the law counts from it" in unknown
    daymark("new", *ANYTOWN, "--received", "2026-09-04", "--out", file, "--force")
    assert daymark("check", file).code == 0
    assert daymark("apply", file).code == 0


def test_every_fact_given_is_recorded_with_who_says_so_and_since_when(tmp_path: Path, daymark: Commands) -> None:
    file = tmp_path / "medway.yaml"
    assert daymark("new", *WHOLE, "--out", file).code == 0
    stated = {fact["fact"]: fact for fact in read(file)["facts"]}
    told = {key: (each["on"], each.get("until"), each["known"], each["by"]) for key, each in stated.items()}
    assert told == {
        "inspection": ("2019-07-15", "2019-07-26", "2019-07-26", "Ofsted"),
        "report_received": ("2019-08-21", None, "2019-08-21", "Medway Council"),
        "report_published": ("2019-08-27", None, "2019-08-27", "Ofsted"),
        "statutory_direction": ("2019-08-27", None, "2019-08-27", "Department for Education"),
        "commissioner_report_due": ("2019-12-01", None, "2019-08-27", "Department for Education"),
    }
    assert {each["source"] for each in stated.values()} == {"given to daymark new"}


def test_every_post_of_the_rule_pack_has_a_holder_that_no_mail_can_reach(tmp_path: Path, daymark: Commands) -> None:
    file = tmp_path / "anytown.yaml"
    daymark("new", *ANYTOWN, "--out", file)
    people = read(file)["people"].values()
    assert sorted(person["holds"] for person in people) == sorted(read(RULES / "england-ilacs.yaml")["posts"])
    assert {person["address"] for person in people} >= {"head.of.improvement@anytown.example"}
    assert all(person["address"] == f"{person['holds'].replace('_', '.')}@anytown.example" for person in people)


def test_what_is_not_known_is_said_with_the_command_that_records_it(daymark: Commands) -> None:
    text = daymark("new", *ANYTOWN, "--out", "-").out
    assert "# Not known yet: the day on which the council received the report" in text
    assert '"no later than" 70 working days after publication' in text
    assert "daymark record FACT DATE --by WHO --source TEXT" in text
    assert "Not known yet" not in daymark("new", *WHOLE, "--out", "-").out


def test_the_examples_in_its_comments_can_be_put_to_use(tmp_path: Path, daymark: Commands) -> None:
    """Test that with “# ” taken away it is another timeline that can be used, not a broken one."""
    file = tmp_path / "anytown.yaml"
    text = daymark("new", *ANYTOWN, "--out", "-").out
    taken = re.sub(r"^# (?=- \{|[a-z_]+:(?: \S+)?$|  [a-z_-]+: )", "", text, flags=re.MULTILINE)
    assert taken.count("\n- {") > text.count("\n- {") + 5
    file.write_text(taken)
    shown = daymark("check", file, "--json").objects
    assert [each for each in shown if each["level"] == "error"] == []
    examples = {"posts", "rules", "off", "committees", "pre_election_periods", "closure_days", "live_from"}
    assert read(file).keys() >= examples | {"proclaimed_bank_holidays", "shadow_until"}


def test_the_regime_is_told_by_judgements_once_ofsted_gives_no_overall_grade(daymark: Commands) -> None:
    before = daymark("new", "--name", "A", "--published", "2026-03-31", "--out", "-").out
    after = daymark("new", "--name", "A", "--published", "2026-04-01", "--out", "-").out
    assert "judged its services for children inadequate" in before
    assert "inadequate" not in after
    assert "name the judgements here" in after


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_kept_as_it_is_written(tmp_path: Path, daymark: Commands, name: str) -> None:
    file = tmp_path / "council.yaml"
    assert daymark("new", "--name", name, *ANYTOWN[2:], "--out", file).code == 0
    assert load(file, on=day("Mon 14 Sep 2026")).council.name == name


@given(st.text(min_size=1, max_size=LONGEST_NAME).filter(str.isprintable).filter(lambda name: name == name.strip()))
@looks_at(30)
def test_no_printable_name_breaks_the_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / "council.yaml"
    newcomer = Newcomer(name=name, published_on=day("Mon 14 Sep 2026"))
    file.write_text(timeline_of(newcomer, file=file.name), encoding="utf-8")
    assert TimelineShape.model_validate(read(file)).council.name == name
    assert re.fullmatch(r"[a-z][a-z0-9-]{0,62}", key_of(name))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Anytown Council", "anytown"),
        ("Kingston upon Hull City Council", "kingston-upon-hull-city"),
        ("King's Lynn", "kings-lynn"),
        ("Brighton & Hove City Council", "brighton-and-hove-city"),
        ("Cyngor Sir Ynys Môn", "cyngor-sir-ynys-mon"),
        ("3 Rivers", "council-3-rivers"),
        ("Council", "council"),
        ("東京", "council"),
        ("a" * 62 + " bc", "a" * 62),
    ],
)
def test_the_key_is_made_from_the_name(name: str, key: str) -> None:
    assert key_of(name) == key


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "It is empty"),
        ("   ", "It is empty"),
        ("Any\ntown", "a line break or a control character"),
        ("Any\x1b[31mtown", "An argument holds a control character"),
        ("Any\u2028town", "a line break or a control character"),
        ("Any\udcfftown", "or is no text in UTF-8: expected plain words"),
        ("x" * 121, "It has 121 characters, expected 120 at most."),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, daymark: Commands, name: str, said: str
) -> None:
    _refused(daymark, tmp_path, ["--name", name, *ANYTOWN[2:]], said)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("--published 2012-12-31", "Monday 31 December 2012 is outside Tuesday 1 January 2013 to"),
        ("--published 2199-01-01", "for which the bank holidays are known"),
        ("--published 2019-02-30", "--published: “2019-02-30” is no date"),
        ("--published soon", "“soon” is no date"),
        ("--published 2019-08-27 --received 2019-08-28", "--received: Wednesday 28 August 2019 is after publication"),
        ("--published 2019-08-27 --direction 2018-08-01", "more than a year before this report"),
        ("--published 2019-08-27 --commissioner-report 2019-08-27", "no later than Tuesday 27 August 2019"),
        ("--published 2019-08-27 --inspection 2019-07-26 2019-07-15", "is before its first"),
        ("--published 2019-08-27 --inspection 2019-08-27 2019-08-28", "before the report came"),
        ("--published 2019-08-27 --received 2019-08-21 --inspection 2019-08-12 2019-08-21", "before the report came"),
    ],
)
def test_dates_that_cannot_be_right_are_refused_in_a_sentence(
    tmp_path: Path, daymark: Commands, facts: str, said: str
) -> None:
    _refused(daymark, tmp_path, ["--name", "Anytown", *facts.split()], said)


def _refused(daymark: Commands, folder: Path, arguments: list[str], said: str) -> None:
    file = folder / "council.yaml"
    told = daymark("new", *arguments, "--out", file)
    assert (told.code, told.out, file.exists()) == (2, "", False)
    assert said in told.err
    assert len(told.faults) == 1


def test_all_faults_are_told_at_once(tmp_path: Path, daymark: Commands) -> None:
    late = ("--received", "2026-09-15", "--commissioner-report", "2026-09-01")
    said = daymark("new", "--name", "", *ANYTOWN[2:], *late, "--out", tmp_path / "council.yaml")
    assert said.code == 2
    assert [line.split(": ")[1] for line in said.faults] == ["--name", "--received", "--commissioner-report"]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("--received 2026-06-01", "That is 105 days before publication"),
        ("--direction 2026-09-11", "before the report was published"),
        ("--direction 2028-09-11", "more than a year after the report"),
        ("--commissioner-report 2028-09-11", "about three months is usual"),
        ("--inspection 2026-01-12 2026-01-23", "more than six months before"),
    ],
)
def test_unusual_dates_are_written_with_a_warning(tmp_path: Path, daymark: Commands, facts: str, said: str) -> None:
    file = tmp_path / "council.yaml"
    told = daymark("new", *ANYTOWN, *facts.split(), "--out", file)
    assert (told.code, file.exists()) == (1, True)
    assert told.err.startswith("warning: daymark new: ")
    assert said in told.err


def test_a_file_that_is_there_is_written_over_only_when_told(tmp_path: Path, daymark: Commands) -> None:
    file = tmp_path / "council.yaml"
    file.write_text("ours")
    said = daymark("new", *ANYTOWN, "--out", file)
    assert (said.code, file.read_text(), len(said.faults)) == (2, "ours", 1)
    assert "is there already" in said.err
    assert daymark("new", *ANYTOWN, "--out", file, "--force").code == 0
    assert read(file)["council"]["key"] == "anytown"


@pytest.mark.parametrize("out", ["no/such/folder.yaml", "", "x" * 300, "a\nb.yaml"])
def test_a_place_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, daymark: Commands, out: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = daymark("new", *ANYTOWN, "--out", out)
    assert (said.code, len(said.faults), list(tmp_path.iterdir())) == (2, 1, [])


def test_its_comments_name_the_file_as_a_shell_takes_it(tmp_path: Path, daymark: Commands) -> None:
    file = tmp_path / "our council.yaml"
    daymark("new", *ANYTOWN, "--out", file)
    assert "#     daymark check 'our council.yaml'\n" in file.read_text()


def test_needed_facts_that_are_missing_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    missing: dict[str, list[Any]] = {"--name": [*ANYTOWN[2:]], "--published": [*ANYTOWN[:2]]}
    for option, rest in missing.items():
        assert run(["new", *rest, "--out", "-"]) == 2
        assert option in capsys.readouterr().err
