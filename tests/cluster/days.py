"""Live days in the whole set: real runs of the deployments at their hours, whatever is killed meanwhile."""

import json
import smtplib
import time
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from contextlib import redirect_stdout, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from cli.main import run
from config.settings import Settings, using
from tasks.catcher.mailbox import caught, read
from tests.cluster.whole_set import WholeSet
from tests.harness import header
from tests.support.ledger_lines import ledger_lines
from tests.timeline.literals import at as instant
from timeline.calendar.london import LONDON
from timeline.calendar.schedules import STATUTORY

FLOWS = ("action-plan", "commissioner-report", "monitoring-visit", "plo-panel", "practice-manager-training")
"""The duties with a flow of their own; all others have one together."""
OURSELVES = "reminders@council.example"
"""The address to which each assurance sends the same message, to see that the channel works."""
_ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
_ASKED_AGAIN_AFTER = 45.0
"""Seconds: a run whose worker was killed stays under way in Prefect, and keeps its deployment's place for a while."""
_GIVEN_UP_AFTER = 900.0
_KEPT = ("obligation", "occurrence", "milestone", "rung", "kind", "due_on", "to", "channel")
Line = Mapping[str, Any]


@dataclass
class Days:
    """Live days in a set; `again` counts the runs that had to be asked for once more, by flow."""

    set: WholeSet
    again: Counter[str] = field(default_factory=Counter)
    runs: int = 0

    def at(self, text: str) -> None:
        """Move the clock of all parts; it goes on from there."""
        now = datetime.now(LONDON)  # noqa: TID251 (the clock of the parts is this one, moved)
        draft = self.set.home / "clock.new"
        draft.write_text(f"{(instant(text) - now) / timedelta(seconds=1)}")
        # As a whole, for a part may read it at any moment.
        draft.rename(self.set.home / "clock")

    def run(self, *names: str) -> None:
        """Have each of these flows run to its end by any worker, side by side."""
        wanted = {name: [self._asked(name)] for name in names}
        since, until = dict.fromkeys(names, time.monotonic()), time.monotonic() + _GIVEN_UP_AFTER
        while wanted:
            assert time.monotonic() < until, f"{sorted(wanted)} did not complete."
            time.sleep(0.5)
            for name, ids in list(wanted.items()):
                states = [self.set.administrator.get(f"/flow_runs/{id_}")["state"] for id_ in ids]
                if any(state["type"] == "COMPLETED" for state in states):
                    del wanted[name]
                    continue
                assert not (name == "assurance" and states[-1]["type"] == "FAILED"), states[-1]["message"]
                has_ended = states[-1]["type"] in _ENDED and time.monotonic() - since[name] > 5
                if has_ended or time.monotonic() - since[name] > _ASKED_AGAIN_AFTER:
                    self.again[name] += 1
                    since[name] = time.monotonic()
                    ids.append(self._asked(name))

    def _asked(self, name: str) -> str:
        self.runs += 1
        deployment = self.set.administrator.get(f"/deployments/name/{name}/{name}")
        body = {"state": {"type": "SCHEDULED"}}
        return str(self.set.administrator.post(f"/deployments/{deployment['id']}/create_flow_run", body)["id"])

    def morning(self, day: str) -> None:
        self.at(f"{day} 07:30")
        self.run(*sorted(STATUTORY))
        self.at(f"{day} 08:26")
        self.run("directors-monday")

    def sending(self, day: str) -> None:
        self.at(f"{day} 08:31")
        self.run("notify")

    def proof(self, day: str) -> None:
        self.at(f"{day} 08:46")
        self.run("assurance")

    def tell_us_of_an_absence(self) -> None:
        """Hand an automatic reply over as a mail server does, which tries again until it is taken."""
        mail = f"From: a@council.example\nTo: reminders@council.example\nAuto-Submitted: auto-replied\n{_SUBJECT}"
        until = time.monotonic() + _GIVEN_UP_AFTER
        while time.monotonic() < until:
            with suppress(OSError, smtplib.SMTPException), smtplib.LMTP("127.0.0.1", self.set.ports["lmtp"]) as lmtp:
                lmtp.sendmail("a@council.example", ["reminders@council.example"], mail)
                return
            time.sleep(0.5)
        raise AssertionError("Nobody took the mail.")


_SUBJECT = "Subject: Away\nMessage-ID: <away@council.example>\n\nI am away.\n"


def said(settings: Settings) -> Counter[str]:
    """Give what the ledger says was accepted, by day."""
    return by_day(ledger_lines(settings))


def rehearsed(file: Path, home: Path, first: str, last: str, *, but: Container[str]) -> Counter[str]:
    """Give what should be said in that span, by day, but for these duties."""
    printed = StringIO()
    with using(Settings.given(home=home)), redirect_stdout(printed):
        assert run(["rehearse", str(file), "--from", first, "--to", last, "--json"]) == 0
    lines = map(json.loads, printed.getvalue().splitlines())
    return by_day(line for line in lines if line["obligation"] not in but)


def by_day(lines: Iterable[Line]) -> Counter[str]:
    return Counter(json.dumps([line["at"][:10], *(line[key] for key in _KEPT)]) for line in lines)


def doubled(settings: Settings) -> dict[tuple[str, ...], int]:
    """Give what somebody got twice on a day: a mail to the same person with the same text under another Message-ID."""
    mails = [read(settings.caught_mail, mail.id) for mail in caught(settings.caught_mail)]
    mails = [mail for mail in mails if OURSELVES not in mail.envelope_to]
    ids = {(header(mail.raw, "Message-ID"), *mail.envelope_to): f"{mail.subject}\n{mail.text}" for mail in mails}
    counted = Counter((to, text) for (_, to), text in ids.items())
    return {key: number for key, number in counted.items() if number > 1}
