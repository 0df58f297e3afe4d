"""Test the reckoning on literal evidence: a task due on Thu 28 Nov 2019, whose first rung speaks on Thu 14 Nov at
08:30.
"""

from dataclasses import replace

import pytest

from tests.timeline.assurance.facts import COUNCIL, TASK, due, evidence, row
from tests.timeline.builders import answer, fact
from tests.timeline.literals import at
from timeline.answers.responses import Answer
from timeline.assurance import Evidence, FindingKind, MessageProgress, Reckoning, StoredTask, reckon
from timeline.definitions.facts import Embargo
from timeline.delivery.messages import MessageState
from timeline.escalation.prompts import PromptState

THURSDAY = "Thu 14 Nov 2019 08:45"


def reckoned(given: Evidence, when: str = THURSDAY, since: str = "Wed 13 Nov 2019 08:45") -> Reckoning:
    return reckon(given, since=at(since), at=at(when))


def kinds(given: Reckoning) -> list[str]:
    return [finding.kind.value for finding in given.findings]


def test_what_was_due_and_stands_nowhere_is_unexplained_with_what_is_to_be_said() -> None:
    reckoning = reckoned(evidence())
    (finding,) = reckoning.findings
    assert (finding.kind, finding.ref, finding.post, finding.duty) == (
        FindingKind.UNSAID,
        TASK,
        "officer",
        "action-plan",
    )
    assert finding.prompt
    assert finding.prompt.key.rung == "first"
    assert reckoning.figures.sentence == "1 due, 0 sent, 0 delivered, 0 answered, 1 unexplained."


@pytest.mark.parametrize("when", ["Wed 13 Nov 2019 08:45", "Thu 14 Nov 2019 07:44"])
def test_before_its_morning_nothing_is_missed(when: str) -> None:
    assert reckoned(evidence(when=when), when, since="Tue 12 Nov 2019 08:45").findings == ()


def test_what_was_said_is_counted_once_and_explained() -> None:
    (prompt,) = due("Thu 14 Nov 2019 07:30")
    said = row(prompt, "Thu 14 Nov 2019 07:30", sent="Thu 14 Nov 2019 08:30")
    message = MessageProgress(MessageState.ACCEPTED, "officer", "mail", at("Thu 14 Nov 2019 08:30"), None, None)
    reckoning = reckoned(evidence(said, messages={"a message": message}))
    assert reckoning.figures.sentence == "1 due, 1 sent, 1 delivered, 0 answered, 0 unexplained."
    back = evidence(said, messages={"a message": message._replace(state=MessageState.BOUNCED)})
    assert (reckoned(back).figures.sent, reckoned(back).figures.delivered) == (1, 0)
    later = reckoned(evidence(said, when="Fri 15 Nov 2019 08:45"), "Fri 15 Nov 2019 08:45", since=THURSDAY)
    assert later.figures.due == 0


def test_what_is_answered_before_the_morning_calls_for_nothing() -> None:
    before = {TASK: (answer(Answer.ACKNOWLEDGED, "Wed 13 Nov 2019 16:00"),)}
    assert reckoned(evidence(responses=before)).findings == ()
    after = {TASK: (answer(Answer.DONE, "Thu 14 Nov 2019 08:00"),)}
    reckoning = reckoned(evidence(responses=after))
    assert (reckoning.findings, reckoning.figures.answered) == ((), 1)


def test_an_escalation_that_only_became_due_since_the_morning_is_not_missed() -> None:
    """Test that undeliverable at 08:30: the line manager hears tomorrow morning, and a reckoning at 08:45 waits for
    that.
    """
    *older, latest = sorted(due("Tue 26 Nov 2019 07:30"), key=lambda each: each.rung_at)
    when, written = "Tue 26 Nov 2019 08:45", "Mon 25 Nov 2019 07:30"
    superseded = [row(prompt, written) for prompt in older]
    superseded = [replace(row, entry=replace(row.entry, state=PromptState.SUPERSEDED)) for row in superseded]
    lost = row(latest, written)
    lost = replace(lost, entry=replace(lost.entry, state=PromptState.SUPPRESSED, undeliverable=True, reason="5.1.1"))
    just_now = replace(lost, ended_at=at("Tue 26 Nov 2019 08:30"))
    assert reckoned(evidence(*superseded, just_now, when=when), when).findings == ()
    (finding,) = reckoned(evidence(*superseded, lost, when=when), when).findings
    assert (finding.kind, finding.post) == (FindingKind.UNSAID, "team_manager")


def test_a_row_that_the_trail_knows_and_the_ledger_does_not_is_found_and_reported_once() -> None:
    (prompt,) = due("Thu 14 Nov 2019 07:30")
    said = row(prompt, "Thu 14 Nov 2019 07:30", sent="Thu 14 Nov 2019 08:30")
    gone = evidence(written={said.key: 1}, when="Mon 18 Nov 2019 08:45")
    reckoning = reckoned(gone, "Mon 18 Nov 2019 08:45", since="Fri 15 Nov 2019 08:45")
    (finding,) = reckoning.findings
    assert finding.kind is FindingKind.ROW_GONE
    assert finding.prompt
    assert kinds(reckoned(evidence(written={said.key: 1}, reported={said.key: 1}))) == ["unsaid"]
    # Said again it was written twice, and its row is there; deleted again, it is told again.
    assert reckoned(evidence(said, written={said.key: 2}, reported={said.key: 1})).findings == ()
    assert kinds(reckoned(evidence(written={said.key: 2}, reported={said.key: 1}))) == ["row gone"]


def test_after_a_file_was_applied_the_morning_is_not_judged() -> None:
    reckoning = reckoned(evidence(before=None))
    assert (reckoning.findings, reckoning.judged) == ((), False)


def test_a_rung_that_an_outage_swallowed_and_nobody_can_say_now_is_told() -> None:
    """Test that off from the first rung to the day after the due date; nobody has heard a word."""
    when, since = "Fri 29 Nov 2019 08:45", "Wed 13 Nov 2019 08:45"
    reckoning = reckoned(evidence(when=when), when, since)
    assert FindingKind.UNSAID in {finding.kind for finding in reckoning.findings}
    prompts = due("Fri 29 Nov 2019 07:30")
    caught_up = [row(prompt, "Fri 29 Nov 2019 07:30", sent="Fri 29 Nov 2019 08:30") for prompt in prompts]
    # The catch-up of the day speaks to whoever was meant: nothing more is missed.
    assert reckoned(evidence(*caught_up, when=when), when, since).findings == ()


@pytest.mark.parametrize(
    ("stands", "says"),
    [
        (StoredTask(None, None, "officer", False), "the database holds no date"),
        (StoredTask(at("Fri 29 Nov 2019 00:00").date(), None, "officer", False), "Friday 29 November 2019"),
        (
            StoredTask(at("Thu 28 Nov 2019 00:00").date(), at("Thu 28 Nov 2019 00:00").date(), "director", False),
            "owner",
        ),
        (StoredTask(at("Thu 28 Nov 2019 00:00").date(), at("Thu 28 Nov 2019 00:00").date(), "officer", True), "not in"),
    ],
)
def test_a_task_that_stands_otherwise_than_the_rules_give_is_found(stands: StoredTask, says: str) -> None:
    when = "Mon 11 Nov 2019 08:45"
    reckoning = reckoned(evidence(stored_tasks={TASK: stands}, when=when), when, since="Fri 8 Nov 2019 08:45")
    (finding,) = reckoning.findings
    assert (finding.kind, finding.mends) == (FindingKind.DIFFERS, True)
    assert says in finding.why


def test_what_is_under_embargo_is_marked_so() -> None:
    embargo = Embargo(circulation=frozenset({"officer"}))
    received = fact("report_received", "Thu 22 Aug 2019", embargo=embargo)
    on_it = replace(COUNCIL.obligations[0], rule="70 working days after report_received")
    timeline = replace(COUNCIL, facts=(received,), obligations=(on_it,))
    reckoning = reckoned(evidence(timeline=timeline))
    assert [finding.restricted for finding in reckoning.findings] == [True]
    assert [finding.restricted for finding in reckoned(evidence()).findings] == [False]
