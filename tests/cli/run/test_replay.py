"""`daymark replay` as people meet it: the installed command over days of Medway, killed in the middle too."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.settings import ROOT
from config.timeline_files import plain_yaml
from tasks.catcher.mailbox import OpenedMail, caught, read
from tests.harness import content, header
from tests.support import rotation, templates
from tests.support.stated import MEDWAY, variant

pytestmark = pytest.mark.slow("days lived through the flows, by the installed command")

DAYMARK = Path(sys.executable).with_name("daymark")
SPAN = ["--from", "2019-09-23", "--to", "2019-10-01" if rotation.LONG else "2019-09-26"]
MONDAYS = 2 if rotation.LONG else 1
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


@dataclass(frozen=True)
class Replay:
    """A home in which a replay lives, and what it leaves there."""

    home: Path

    def start(self) -> "subprocess.Popen[str]":
        templates.migrated_prefect(self.home / "replay/medway-2019/prefect")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        return subprocess.Popen(
            [DAYMARK, "replay", MEDWAY, *SPAN, "--json"],
            env=environment | {"DAYMARK_HOME": str(self.home)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self) -> list[dict[str, object]]:
        """Lives the whole span; every line of its output."""
        said, trouble = (process := self.start()).communicate(timeout=300)
        assert process.returncode == 0, trouble
        return [json.loads(line) for line in said.splitlines()]

    def killed_after(self, lines: int) -> list[dict[str, object]]:
        """Lives until it has said so many lines, and is killed."""
        process = self.start()
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        os.killpg(process.pid, signal.SIGKILL)
        said += process.stdout.readlines()
        process.wait()
        return [json.loads(line) for line in said if line.endswith("}\n")]

    def mails(self) -> list[OpenedMail]:
        folder = self.home / "replay/medway-2019/caught-mail"
        return [read(folder, caught_mail.id) for caught_mail in reversed(caught(folder))]


def prompts(said: list[dict[str, object]]) -> Counter[str]:
    """What was said to whom and when, whatever the messages' keys are."""
    return Counter(json.dumps({**one, "message": ""}, sort_keys=True) for one in said)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Replay, list[dict[str, object]]]:
    replay = Replay(tmp_path_factory.mktemp("undisturbed"))
    return replay, replay.run()


def test_each_prompt_is_a_line_of_json(undisturbed: tuple[Replay, list[dict[str, object]]]) -> None:
    _, said = undisturbed
    assert len(said) >= 6
    assert all(set(one) == KEYS for one in said)
    assert {one["kind"] for one in said} == {"reminder", "escalation"}
    first = next(one for one in said if one["milestone"] == "action-plan/1/draft")
    assert first["at"] == "2019-09-23T08:30:00+01:00"
    assert (first["rung"], first["due_on"]) == ("first-notice", "2019-10-03")
    assert first["to"] == {
        "post": "improvement_programme_lead",
        "name": "Programme Lead",
        "address": "programme.lead@medway.example",
    }


def test_lines_that_were_sent_together_are_one_mail(undisturbed: tuple[Replay, list[dict[str, object]]]) -> None:
    replay, said = undisturbed
    mails = replay.mails()
    # The director's Monday mails are no prompts.
    mondays = [opened_mail for opened_mail in mails if "the week from" in opened_mail.subject]
    assert len(mondays) == MONDAYS
    assert len({one["message"] for one in said}) == len(mails) - len(mondays)
    assert len({header(opened_mail.raw, "Message-ID") for opened_mail in mails}) == len(mails)


def test_a_second_replay_sends_nothing(undisturbed: tuple[Replay, list[dict[str, object]]]) -> None:
    replay, _ = undisturbed
    before = [opened_mail.raw for opened_mail in replay.mails()]
    assert replay.run() == []
    assert [opened_mail.raw for opened_mail in replay.mails()] == before


def test_killed_in_the_middle_and_started_again_it_loses_and_doubles_nothing(
    undisturbed: tuple[Replay, list[dict[str, object]]], tmp_path: Path
) -> None:
    whole, said = undisturbed
    replay = Replay(tmp_path)
    before = replay.killed_after(len(said) // 2)
    assert len(before) < len(said)
    after = replay.run()
    # What was sent and not yet printed when the kill came is in the mails, not in the lines.
    assert not prompts(before) + prompts(after) - prompts(said)
    expected = Counter((mail.envelope_to, mail.subject.partition(" [ref:")[0]) for mail in whole.mails())
    by_id = {header(mail.raw, "Message-ID"): mail for mail in replay.mails()}
    assert Counter((mail.envelope_to, mail.subject.partition(" [ref:")[0]) for mail in by_id.values()) == expected
    for opened_mail in replay.mails():
        assert content(opened_mail) == content(by_id[header(opened_mail.raw, "Message-ID")])
    assert len(replay.mails()) <= len(by_id) + 1  # at most the one that was under way


def test_a_panel_moved_midway_is_corrected_in_the_replay_as_it_is_in_the_rehearsal(tmp_path: Path) -> None:
    moved = {"fact": "moved", "on": "2019-10-01", "for": "plo-panel/1", "known": "2019-09-04", "by": "The chair"}
    facts = [*plain_yaml.read(MEDWAY)["facts"], moved | {"source": "minutes"}]
    file = variant(tmp_path, facts=facts, live_from="2019-09-02", shadow_until="never")
    span = [str(file), "--from", "2019-09-02", "--to", "2019-09-05", "--json"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {"DAYMARK_HOME": str(tmp_path)}
    templates.migrated_prefect(tmp_path / "replay" / file.stem / "prefect")
    said = []
    for command in ("rehearse", "replay"):
        done = subprocess.run(
            [DAYMARK, command, *span],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said.append(prompts([json.loads(line) for line in done.stdout.splitlines()]))
    rehearsed, relived = said
    assert relived == rehearsed
    corrections = [one for one in map(json.loads, relived) if one["kind"] == "correction"]
    assert sorted((correction["at"], correction["milestone"], correction["due_on"]) for correction in corrections) == [
        ("2019-09-04T08:00:00+01:00", "plo-panel/1/cases", "2019-09-24"),
        ("2019-09-04T08:00:00+01:00", "plo-panel/1/papers", "2019-09-26"),
    ]
