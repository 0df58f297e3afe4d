"""Test that the rule pack for England holds what the domain states: duties, classes, rules and sources."""

import re
from datetime import date
from pathlib import Path

import pytest

from config.load import TIMELINES, load
from tests.config.medway import NAMED, duties, medway, planned
from tests.timeline.literals import day
from timeline.definitions.duties import DutyClass, OccurrenceKind
from timeline.definitions.facts import Embargo
from timeline.definitions.standing import Certainty, RuleKind

# Class, kind and certainty, and the paragraph or the law that each duty names.
DUTIES = {
    "publish-report": ("A", "law, verified", "s.137(4)"),
    "action-planning-visit": ("B", "framework, observed", "5.1"),
    "action-plan": ("A", "law, secondary", "s.137(3) and (4)"),
    "action-plan-resubmission": ("A", "framework, secondary", "both withdrawn"),
    "commissioner-report": ("A", "direction, verified", "s.497A"),
    "commissioner-instruction": ("A", "direction, verified", "4.3"),
    "assistance-request": ("A", "direction, verified", "4.3"),
    "commissioner-steps": ("B", "direction, inferred", "4.4"),
    "monitoring-visit": ("B", "framework, observed", "5.1 to 5.3"),
    "focused-visit": ("A", "framework, secondary", "August 2018"),
    "re-inspection": ("B", "framework, observed", "5.1"),
    "dfe-review": ("B", "direction, observed", "every six months"),
    "improvement-notice": ("B", "notice, observed", "not statutory"),
    "notice-review": ("B", "notice, inferred", "until the Department closes it"),
    "trust": ("B", "practice, observed", "Bradford"),
    "annual-engagement": ("B", "framework, inferred", "self-evaluation"),
    "cabinet-report": ("B", "practice, verified", "1.3"),
    "cabinet-feedback-report": ("B", "promise, verified", "10.2"),
    "special-urgency-report": ("B", "law, verified", "since the last report"),
    "key-decision-report": ("B", "law, verified", "reg 18"),
    "scrutiny-report": ("B", "practice, inferred", "Council practice"),
    "plo-panel": ("C", "practice, verified", "6.12"),
    "permanence-panel": ("C", "practice, verified", "6.12"),
    "audit-moderation-panel": ("C", "practice, verified", "6.12"),
    "improvement-programme": ("C", "practice, verified", "6.9"),
    "improvement-board-birth": ("C", "practice, verified", "6.10"),
    "improvement-board": ("C", "practice, verified", "6.10"),
    "accountability-meeting": ("C", "practice, verified", "its report 7"),
    "corporate-parenting-board": ("C", "practice, verified", "its report 7"),
    "risk-register": ("C", "practice, verified", "its report 7"),
    "actions-update": ("C", "practice, inferred", "its report 7"),
    "early-help-review": ("C", "practice, verified", "6.8"),
    "case-follow-up": ("C", "practice, verified", "6.12"),
    "improvements-report": ("C", "practice, verified", "6.12"),
    "practice-manager-training": ("D", "practice, verified", "6.7"),
    "communications": ("D", "practice, verified", "6.12"),
    "engagement-forum": ("D", "practice, verified", "its report 7"),
}


def test_the_five_named_duties_are_there() -> None:
    assert set(NAMED) <= set(duties())


def test_every_duty_of_the_domain_and_the_document_is_there() -> None:
    given = {
        duty.key: (duty.duty_class.value, f"{duty.standing.kind}, {duty.standing.certainty}")
        for duty in duties().values()
    }
    assert given == {key: (duty_class, standing) for key, (duty_class, standing, _) in DUTIES.items()}


@pytest.mark.parametrize("key", DUTIES)
def test_every_duty_names_its_law_or_its_paragraph(key: str) -> None:
    assert DUTIES[key][2] in duties()[key].basis


def test_what_is_neither_law_nor_a_direction_cites_no_statute() -> None:
    for duty in duties().values():
        if duty.standing.kind not in (RuleKind.LAW, RuleKind.DIRECTION):
            assert not re.search(r"\bAct\b|s\.\d|\bSI\b", duty.basis)
        assert duty.has_legal_date is (duty.standing.certainty in SURE and duty.standing.kind in BINDING), duty.key


SURE, BINDING = (Certainty.VERIFIED, Certainty.SECONDARY), (RuleKind.LAW, RuleKind.DIRECTION)


def test_a_stated_date_and_an_upper_bound_say_how_to_settle_them() -> None:
    readings = [reading for duty in duties().values() for reading in duty.readings]
    assert len(readings) == 4
    assert all(reading.settle.endswith(".") for reading in readings)


@pytest.mark.parametrize(
    ("key", "duty_class", "kind", "rule", "basis"),
    [
        (
            "action-plan",
            DutyClass.A,
            OccurrenceKind.SUBMISSION,
            "70 working days after report_received",
            "Education and Inspections Act 2006 s.137(3) and (4); SI 2007/462 reg 3",
        ),
        (
            "commissioner-report",
            DutyClass.A,
            OccurrenceKind.SUBMISSION,
            "by commissioner_report_due",
            "Education Act 1996 s.497A, applied by Children Act 2004 s.50",
        ),
        (
            "monitoring-visit",
            DutyClass.B,
            OccurrenceKind.VISIT,
            "quarterly from action-plan",
            "not evenly spaced",
        ),
        (
            "plo-panel",
            DutyClass.C,
            OccurrenceKind.MEETING,
            "monthly on the 2nd tuesday from report_published",
            "Example, Medway 2019",
        ),
        (
            "practice-manager-training",
            DutyClass.D,
            OccurrenceKind.SESSION,
            "monthly on the 3rd wednesday from report_published",
            "Example, Medway 2019",
        ),
    ],
)
def test_each_duty_has_its_class_its_rule_and_where_it_comes_from(
    key: str, duty_class: DutyClass, kind: OccurrenceKind, rule: str, basis: str
) -> None:
    duty = duties()[key]
    assert (duty.duty_class, duty.kind, duty.rule) == (duty_class, kind, rule)
    assert basis in duty.basis


def test_the_commissioners_report_is_hers_and_the_evidence_ours() -> None:
    given = duties()["commissioner-report"]
    assert given.ours is False
    assert {rule.key: rule.ours for rule in given.milestones} == {
        "evidence-index": True,
        "views": True,
        "evidence": True,
        "report": False,
    }
    hers = ("commissioner-report", "commissioner-steps")
    assert all(duty.ours for key, duty in duties().items() if key not in hers)


def test_the_four_steps_of_the_commissioner_are_shown_as_hers_with_our_evidence_beside_them() -> None:
    duty = duties()["commissioner-steps"]
    assert [rule.key for rule in duty.milestones if not rule.ours] == ["step-1", "step-2", "step-3", "step-4"]
    assert [rule.key for rule in duty.milestones if rule.ours] == [
        *("support", "capacity", "sustainability", "arrangements", "access"),
    ]


def test_what_is_new_begins_once_the_programme_is_set_up() -> None:
    counting = {key for key, duty in duties().items() if duty.rule.find("improvement-programme") > 0}
    assert counting == {
        *("permanence-panel", "audit-moderation-panel", "accountability-meeting", "corporate-parenting-board"),
        *("risk-register", "improvements-report", "communications", "engagement-forum", "actions-update"),
    }
    tasks = (milestone for key in counting for milestone in planned()[f"{key}/1"].milestones)
    first = min(task.due_on for task in tasks if task.due_on)
    assert (planned()["improvement-programme/1"].legal_on, first) == (day("Tue 24 Sep 2019"), day("Tue 24 Sep 2019"))


def test_what_arrives_in_confidence_is_kept_to_its_circulation(tmp_path: Path) -> None:
    received = next(fact for fact in medway().facts if fact.name == "report_received")
    circulation = frozenset({"director", "chief_executive", "head_of_improvement", "improvement_programme_lead"})
    assert received.embargo == Embargo(circulation=circulation, until_fact="report_published")
    letter = "{fact: draft_letter_received, for: monitoring-visit/1, on: 2020-09-07, by: Ofsted, source: mail}"
    (tmp_path / "later.yaml").write_text((TIMELINES / "medway-2019.yaml").read_text() + f"- {letter}\n")
    draft = load(tmp_path / "later.yaml", on=date(2020, 9, 8)).facts[-1]
    assert draft.embargo == Embargo(
        circulation=circulation - {"improvement_programme_lead"}, until_fact="letter_issued"
    )


def test_only_the_law_is_called_law() -> None:
    rules = {f"{key}/{rule.key}": rule for key, duty in duties().items() for rule in duty.milestones}
    assert {name for name, rule in rules.items() if rule.standing.is_law} == {
        *("publish-report/published", "action-plan/submitted", "action-plan/published"),
        *("cabinet-report/notice", "cabinet-report/agenda", "scrutiny-report/agenda"),
        *("special-urgency-report/reported", "key-decision-report/reported"),
    }
