"""`daymark replay` as people meet it: one period of Medway, lived by the installed command, which is killed in the
middle, started again and started once more, beside the same period rehearsed.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import closing, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from cli.main import run
from cli.run.replay_runner import MORNING
from config.settings import ROOT, Settings, using
from config.timeline_files import plain_yaml
from tasks.catcher.mailbox import OpenedMail, caught, read
from tests.cli.run.place import INSTALLED
from tests.harness import content, header
from tests.support import rotation, templates
from tests.support.ledger_lines import ledger_lines
from tests.support.stated import MEDWAY, variant

pytestmark = rotation.in_turn("replay", INSTALLED, "days lived through the flows, by the installed command")

DAYMARK = Path(sys.executable).with_name("daymark")
SPAN = ("--from", "2019-09-23", "--to", "2019-10-01" if rotation.LONG else "2019-09-26")
MONDAYS = 2 if rotation.LONG else 1
# A panel that moves before the kill, and one that moves after it.
MOVES = [
    {"fact": "moved", "on": "2019-10-14", "for": "plo-panel/1", "known": "2019-09-24"},
    {"fact": "moved", "on": "2019-10-15", "for": "plo-panel/2", "known": "2019-09-26"},
]
KEYS = {
    "at",
    "kind",
    "obligation",
    "occurrence",
    "milestone",
    "rung",
    "legal_on",
    "due_on",
    "to",
    "channel",
    "message",
    "why",
}
Line = dict[str, object]


@dataclass(frozen=True)
class Replay:
    """Hold a home in which a replay lives, and what it leaves there."""

    home: Path
    file: Path

    @property
    def folder(self) -> Path:
        return self.home / "replay" / self.file.stem

    def rehearsed(self) -> list[Line]:
        """Give the same span on paper."""
        said = StringIO()
        with using(Settings.given(home=self.home)), redirect_stdout(said):
            assert run(["rehearse", str(self.file), *SPAN, "--json"]) == 0
        return [json.loads(line) for line in said.getvalue().splitlines()]

    def start(self) -> "subprocess.Popen[str]":
        templates.migrated_prefect(self.folder / "prefect")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        return subprocess.Popen(
            [DAYMARK, "replay", self.file, *SPAN, "--json"],
            env=environment | {"DAYMARK_HOME": str(self.home)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self) -> list[Line]:
        """Live the whole span; every line of its output."""
        said, trouble = (process := self.start()).communicate(timeout=900)
        assert process.returncode == 0, trouble
        return [json.loads(line) for line in said.splitlines()]

    def killed_after(self, lines: int) -> list[Line]:
        """Live until it has said so many lines, and is killed."""
        process = self.start()
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        os.killpg(process.pid, signal.SIGKILL)
        said += process.stdout.readlines()
        process.wait()
        return [json.loads(line) for line in said if line.endswith("}\n")]

    def mails(self) -> list[OpenedMail]:
        folder = self.folder / "caught-mail"
        return [read(folder, caught_mail.id) for caught_mail in reversed(caught(folder))]

    def ledger(self) -> list[Line]:
        """Give every prompt that the ledger holds as sent, as its line would be."""
        return ledger_lines(Settings.given(home=self.folder))


def prompts(said: Iterable[Line]) -> Counter[str]:
    """Tell what was said to whom and when, whatever the messages' keys are and the legal date has become."""
    return Counter(json.dumps({**line, "message": "", "legal_on": ""}, sort_keys=True) for line in said)


def letters(said: Iterable[Line]) -> Counter[frozenset[str]]:
    """Give which prompts made one message, whatever its key is."""
    together: dict[object, list[Line]] = {}
    for line in said:
        together.setdefault(line["message"], []).append(line)
    return Counter(frozenset(prompts(lines)) for lines in together.values())


@dataclass(frozen=True)
class Life:
    """Hold the period as it was rehearsed, and as it was lived: up to the kill, and by the run after it."""

    replay: Replay
    rehearsed: list[Line]
    before: list[Line]
    after: list[Line]

    @property
    def said(self) -> list[Line]:
        return self.before + self.after


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Life:
    home = tmp_path_factory.mktemp("life")
    facts = [*plain_yaml.read(MEDWAY)["facts"], *(move | {"by": "The chair", "source": "minutes"} for move in MOVES)]
    replay = Replay(home, variant(home, facts=facts, live_from="2019-09-02", shadow_until="never"))
    rehearsed = replay.rehearsed()
    before = replay.killed_after(len(rehearsed) // 2)
    return Life(replay, rehearsed, before, replay.run())


def test_each_prompt_is_a_line_of_json(life: Life) -> None:
    assert len(life.said) >= 6
    assert all(set(line) == KEYS for line in life.said)
    assert {line["kind"] for line in life.said} == {"reminder", "escalation", "correction"}
    first = next(line for line in life.said if line["milestone"] == "action-plan/1/draft")
    assert first["at"] == "2019-09-23T08:30:00+01:00"
    assert (first["rung"], first["due_on"]) == ("first-notice", "2019-10-03")
    assert first["to"] == {
        "post": "improvement_programme_lead",
        "name": "Programme Lead",
        "address": "programme.lead@medway.example",
    }


def test_killed_in_the_middle_and_started_again_it_loses_and_doubles_nothing(life: Life) -> None:
    assert 0 < len(life.before) < len(life.rehearsed)
    assert life.after
    # What was sent and not yet printed when the kill came is in the ledger and the mails, not in the lines.
    assert not prompts(life.said) - prompts(life.rehearsed)
    assert prompts(life.replay.ledger()) == prompts(life.rehearsed)
    mails = life.replay.mails()
    by_id = {header(mail.raw, "Message-ID"): mail for mail in mails}
    for opened_mail in mails:
        assert content(opened_mail) == content(by_id[header(opened_mail.raw, "Message-ID")])
    assert len(mails) <= len(by_id) + 1  # at most the one that was under way


def test_lines_that_were_sent_together_are_one_mail(life: Life) -> None:
    assert letters(life.replay.ledger()) == letters(life.rehearsed)
    by_id = {header(mail.raw, "Message-ID"): mail for mail in life.replay.mails()}
    # The director's Monday mails are no prompts.
    mondays = [mail for mail in by_id.values() if "the week from" in mail.subject]
    assert len(mondays) == MONDAYS
    addresses = {line["message"]: line["to"]["address"] for line in life.rehearsed}  # type: ignore[index]  # JSON
    lived = Counter(mail.envelope_to for mail in by_id.values()) - Counter(mail.envelope_to for mail in mondays)
    assert lived == Counter((address,) for address in addresses.values())


def test_prefect_keeps_every_run_and_its_own_services_write_nothing_between(life: Life) -> None:
    with closing(sqlite3.connect(life.replay.folder / "prefect" / "prefect.db")) as database:
        ended = dict(database.execute("SELECT state_type, count(*) FROM flow_run GROUP BY state_type"))
        written = database.execute("SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM task_run)").fetchone()
    days = {line["at"][:10] for line in life.rehearsed}  # type: ignore[index]  # JSON
    # Each morning's flows, and `notify`; the kill may leave a run under way.
    assert ended["COMPLETED"] >= len(days) * (len(MORNING) + 1)
    assert ended.keys() <= {"COMPLETED", "RUNNING", "PENDING"}
    assert written == (0, 0)


@pytest.mark.long("lives the whole span once more; the run after the kill goes over days that were lived, too")
def test_a_second_replay_sends_nothing(life: Life) -> None:
    before = [opened_mail.raw for opened_mail in life.replay.mails()]
    assert life.replay.run() == []
    assert [opened_mail.raw for opened_mail in life.replay.mails()] == before


def test_a_panel_moved_midway_is_corrected_in_the_replay_as_it_is_in_the_rehearsal(life: Life) -> None:
    corrections = [line for line in life.said if line["kind"] == "correction"]
    assert prompts(corrections) == prompts(line for line in life.rehearsed if line["kind"] == "correction")
    assert sorted((line["at"], line["milestone"], line["due_on"]) for line in corrections) == [
        ("2019-09-24T08:00:00+01:00", "plo-panel/1/actions", "2019-10-28"),
        ("2019-09-26T08:00:00+01:00", "plo-panel/2/cases", "2019-10-08"),
    ]
