"""Test the tasks of the rule pack for England, and the words in which it speaks to officers."""

import pytest

from tests.config.medway import duties
from timeline.definitions.standing import PRACTICE

BEFORE, AFTER = "working days before due", "working days after due"


@pytest.mark.parametrize(
    ("key", "whens"),
    [
        (
            "action-plan",
            {
                "draft": f"40 {BEFORE}",
                "heard": f"30 {BEFORE}",
                "board": f"20 {BEFORE}",
                "clearance": f"15 {BEFORE}",
                "sign-off": f"10 {BEFORE}",
                "briefed": f"8 {BEFORE}",
                "decision": f"3 {BEFORE}",
                "target": f"2 {BEFORE}",
                "submitted": "by legal",
                "published": "by legal",
                "receipt": "1 working day after due",
                "reply": "5 working days after action_plan_reply",
            },
        ),
        (
            "commissioner-report",
            {
                "evidence-index": f"30 {BEFORE}",
                "views": f"20 {BEFORE}",
                "evidence": f"10 {BEFORE}",
                "report": "by legal",
            },
        ),
        (
            "monitoring-visit",
            {
                "dates": "20 working days before expected",
                "data": "10 working days before start",
                "cases": "8 working days before start",
                "logistics": "5 working days before start",
                "briefing": "3 working days before start",
                "feedback": "1 working day after end",
                "new-concerns": "2 working days after end",
                "declined": "3 working days after end",
                "expected-letter": "24 working days after end",
                "draft-letter": "5 working days after draft_letter_received",
                "first-letter": "5 working days after first_letter_received",
                "letter": "5 working days after letter_issued",
                "actions": "10 working days after letter_issued",
            },
        ),
        (
            "plo-panel",
            {"cases": f"5 {BEFORE}", "papers": f"3 {BEFORE}", "minutes": f"2 {AFTER}", "actions": f"10 {AFTER}"},
        ),
        (
            "practice-manager-training",
            {
                "theme": f"20 {BEFORE}",
                "room": f"15 {BEFORE}",
                "reading": f"3 {BEFORE}",
                "attendance": "1 working day after due",
                "impact": f"5 {AFTER}",
            },
        ),
    ],
)
def test_each_duty_has_the_milestones_of_the_domain(key: str, whens: dict[str, str]) -> None:
    assert {rule.key: rule.when for rule in duties()[key].milestones} == whens


def test_what_comes_from_law_says_so_and_all_else_is_council_practice() -> None:
    sourced = {
        f"{duty.key}/{rule.key}": f"{rule.standing.kind}, {rule.standing.certainty}"
        for duty in duties().values()
        for rule in duty.milestones
        if rule.standing != PRACTICE
    }
    inferred = ("exception-notice", "exception-reasons", "private-agreed", "private-reasons", "urgency-agreed")
    assert sourced == {
        "publish-report/published": "law, verified",
        "action-plan/submitted": "law, secondary",
        "action-plan/published": "law, secondary",
        "action-plan-resubmission/resubmitted": "framework, secondary",
        "commissioner-report/report": "direction, verified",
        "commissioner-instruction/complied": "direction, verified",
        "assistance-request/given": "direction, verified",
        **{f"commissioner-steps/step-{n}": "direction, inferred" for n in (1, 2, 3)},
        "commissioner-steps/step-4": "direction, verified",
        "monitoring-visit/expected-letter": "framework, observed",
        "focused-visit/draft": "framework, secondary",
        "focused-visit/submitted": "framework, secondary",
        "cabinet-report/notice": "law, secondary",
        "cabinet-report/agenda": "law, verified",
        # As soon as reasonably practicable: the law asks for it, the working day is our own reading.
        **{f"cabinet-report/{key}": "law, inferred" for key in (*inferred, "urgency-reasons", "decision")},
        "special-urgency-report/reported": "law, verified",
        "key-decision-report/reported": "law, verified",
        "scrutiny-report/agenda": "law, verified",
        **{f"improvement-notice/{n}-month-review": "notice, observed" for n in ("six", "twelve")},
        **{f"improvement-notice/chair-{n}": "notice, inferred" for n in (3, 6, 9, 12)},
    }
    practice = [rule for duty in duties().values() for rule in duty.milestones if rule.standing == PRACTICE]
    assert {rule.basis for rule in practice} == {"Council practice"}


def test_words_for_officers_name_no_child_and_shout_at_nobody() -> None:
    for duty in duties().values():
        for rule in duty.milestones:
            assert rule.asks.endswith((".", "?"))
            assert "!" not in rule.asks
            assert rule.title[0].isupper()
            assert len(rule.title) <= 70  # it stands in the subject of a mail that asks to confirm it


def test_each_task_of_ours_says_what_is_to_be_done_in_a_few_words() -> None:
    """Test that a subject such as "To do by Mon 30 Nov: decide the action plan" has room for it, and its reference for
    the rest of seventy characters.
    """
    for key, duty in duties().items():
        for rule in duty.milestones:
            if not rule.ours:
                continue
            assert rule.act, f"{key}/{rule.key} has no act"
            assert rule.act[0].islower() or rule.act.startswith("Ofsted"), rule.act
            assert not rule.act.endswith((".", "?"))
            assert len(f"To do by Mon 30 Nov: {rule.act} [ref:abcdefghjkmnpq23]") <= 70, rule.act


def test_each_duty_says_in_plain_words_why_its_tasks_are_due_when_they_are() -> None:
    for key, duty in duties().items():
        assert duty.because.count("{date}") == 1, key
        assert not duty.because.endswith("."), key


def test_what_ofsted_and_the_commissioner_publish_waits_for_an_election() -> None:
    waiting = {
        f"{duty.key}/{rule.key}" for duty in duties().values() for rule in duty.milestones if rule.waits_for_election
    }
    assert waiting == {"monitoring-visit/expected-letter", "commissioner-report/report"}
