"""Test that the ledger is not believed why it says nothing: rules, facts and answers must give that reason, too."""

from dataclasses import replace
from typing import Any

import pytest

from tests.timeline.assurance.facts import TASK, due, evidence, row
from tests.timeline.builders import answer
from tests.timeline.literals import at
from timeline.answers.responses import Answer
from timeline.assurance import Finding, FindingKind, LedgerRow, reckon
from timeline.assurance.evidence import counting_now
from timeline.escalation.prompts import Prompt, PromptState

WHEN, SINCE, WRITTEN = "Thu 14 Nov 2019 08:45", "Wed 13 Nov 2019 08:45", "Thu 14 Nov 2019 07:30"
REFUSED: dict[str, Any] = {
    "state": PromptState.SUPPRESSED,
    "reason": "It is done.",
    "refused_at": at("Thu 14 Nov 2019 08:30"),
}


def refused(prompt: Prompt, written: str = WRITTEN, **entry: Any) -> LedgerRow:
    made = row(prompt, written)
    return replace(made, entry=replace(made.entry, **entry))


def findings(*rows: LedgerRow, when: str = WHEN, since: str = SINCE, **more: Any) -> tuple[Finding, ...]:
    return reckon(evidence(*rows, when=when, **more), since=at(since), at=at(when)).findings


@pytest.mark.parametrize("entry", [REFUSED, {"state": PromptState.SUPERSEDED}], ids=["suppressed", "superseded"])
def test_a_reason_that_was_not_so_is_found_once_and_what_is_due_is_said_after_all(entry: dict[str, Any]) -> None:
    (prompt,) = due(WRITTEN)
    (finding,) = findings(refused(prompt, **entry))
    assert (finding.kind, finding.ref, finding.mends) == (FindingKind.UNFOUNDED, TASK, True)
    assert finding.prompt
    assert finding.prompt.key == prompt.key
    assert findings(refused(prompt, **entry), when="Thu 14 Nov 2019 12:00", since=WHEN) == ()


def test_a_reason_that_was_so_then_or_is_so_now_is_believed() -> None:
    (prompt,) = due(WRITTEN)
    for done_at in ("Thu 14 Nov 2019 08:10", "Thu 14 Nov 2019 08:40"):
        responses = {TASK: (answer(Answer.DONE, done_at),)}
        assert findings(refused(prompt, **REFUSED), responses=responses) == ()


def test_where_people_or_dates_have_changed_since_no_reason_is_judged() -> None:
    (prompt,) = due(WRITTEN)
    assert findings(refused(prompt, **REFUSED), changed_at=at("Thu 14 Nov 2019 08:35")) == ()


def test_a_later_rung_for_the_same_person_is_a_reason() -> None:
    when, since = "Mon 25 Nov 2019 08:45", "Fri 22 Nov 2019 08:45"
    *older, latest = sorted(
        (each for each in due("Mon 25 Nov 2019 07:30") if each.key.person == "officer"), key=lambda each: each.rung_at
    )
    rows = [refused(each, "Mon 25 Nov 2019 07:30", state=PromptState.SUPERSEDED) for each in older]
    assert rows
    rows.append(row(latest, "Mon 25 Nov 2019 07:30"))
    assert FindingKind.UNFOUNDED not in [row.kind for row in findings(*rows, when=when, since=since)]


@pytest.mark.parametrize(
    "entry", [{}, REFUSED | {"refused_at": at("Mon 16 Dec 2019 08:30")}], ids=["written", "refused"]
)
def test_what_a_later_clock_decided_explains_nothing(entry: dict[str, Any]) -> None:
    (prompt,) = due(WRITTEN)
    later = refused(prompt, WRITTEN if entry else "Mon 16 Dec 2019 07:30", **entry)
    assert counting_now([later], at=at(WHEN)) == ()
    (finding,) = findings(set_aside=frozenset({prompt.key}), written={prompt.key: 1})
    assert (finding.kind, finding.mends) == (FindingKind.UNSAID, True)


def test_what_a_later_clock_said_counts_as_said_when_the_ladder_wanted_it() -> None:
    (prompt,) = due(WRITTEN)
    said = row(prompt, "Mon 16 Dec 2019 07:30", sent="Mon 16 Dec 2019 08:30")
    (counting,) = counting_now([said], at=at(WHEN))
    assert counting.entry.accepted_at == prompt.rung_at
    assert findings(counting) == ()
