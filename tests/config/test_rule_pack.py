"""The rule pack for England and the Medway timeline hold what the domain states: dates, numbers, bases, posts."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from config.load import TIMELINES, load
from tests.timeline.literals import at, day
from timeline.council import CouncilTimeline
from timeline.duties import LINE_MANAGER, DutyClass, Kind, Level, Mark, Obligation, Status, Unless
from timeline.facts import Embargo
from timeline.occurrences import Milestone, Occurrence
from timeline.planning import plan

NAMED = ("action-plan", "commissioner-report", "monitoring-visit", "plo-panel", "practice-manager-training")
# Class, status and the paragraph or the law that each duty names.
DUTIES = {
    "publish-report": ("A", "verified", "s.137(4)"),
    "action-planning-visit": ("B", "observed", "5.1"),
    "action-plan": ("A", "secondary", "s.137(3)"),
    "action-plan-resubmission": ("A", "verified", "handbooks of 2016 and 2017"),
    "commissioner-report": ("A", "verified", "s.497A"),
    "commissioner-instruction": ("A", "verified", "4.3"),
    "assistance-request": ("A", "verified", "4.3"),
    "commissioner-steps": ("B", "verified", "4.4"),
    "monitoring-visit": ("B", "observed", "5.1 to 5.3"),
    "focused-visit": ("A", "secondary", "August 2018"),
    "re-inspection": ("B", "observed", "5.1"),
    "dfe-review": ("B", "secondary", "every six months"),
    "annual-engagement": ("B", "secondary", "self-evaluation"),
    "cabinet-report": ("B", "verified", "SI 2012/2089"),
    "cabinet-feedback-report": ("B", "local", "10.2"),
    "special-urgency-report": ("B", "verified", "reg 19"),
    "scrutiny-report": ("B", "local", "Council practice"),
    "plo-panel": ("C", "local", "6.12"),
    "permanence-panel": ("C", "local", "6.12"),
    "audit-moderation-panel": ("C", "local", "6.12"),
    "improvement-programme": ("C", "local", "6.9"),
    "improvement-board-birth": ("C", "local", "6.10"),
    "improvement-board": ("C", "local", "6.10"),
    "accountability-meeting": ("C", "local", "Cabinet 7"),
    "corporate-parenting-board": ("C", "local", "Cabinet 7"),
    "risk-register": ("C", "local", "section 7"),
    "early-help-review": ("C", "local", "6.8"),
    "case-follow-up": ("C", "local", "6.12"),
    "improvements-report": ("C", "local", "6.12"),
    "practice-manager-training": ("D", "local", "6.7"),
    "communications": ("D", "local", "6.12"),
    "engagement-forum": ("D", "local", "Cabinet 7"),
}


@cache
def medway() -> CouncilTimeline:
    return load(TIMELINES / "medway-2019.yaml", on=date(2019, 8, 27))


@cache
def duties() -> dict[str, Obligation]:
    return {one.key: one for one in medway().obligations}


@cache
def planned(when: str = "Wed 4 Sep 2019 07:30", until: str = "Fri 28 Aug 2020") -> dict[str, Occurrence]:
    return {one.ref: one for one in plan(medway(), at=at(when), until=day(until))}


def milestones(ref: str, when: str = "Wed 4 Sep 2019 07:30") -> dict[str, Milestone]:
    return {one.key: one for one in planned(when)[ref].milestones}


# The rule pack


def test_the_five_named_duties_are_there() -> None:
    assert set(NAMED) <= set(duties())


def test_every_duty_of_the_domain_and_the_document_is_there() -> None:
    found = {one.key: (one.duty_class.value, one.status.value) for one in duties().values()}
    assert found == {key: (duty_class, status) for key, (duty_class, status, _) in DUTIES.items()}


@pytest.mark.parametrize("key", DUTIES)
def test_every_duty_names_its_law_or_its_paragraph(key: str) -> None:
    assert DUTIES[key][2] in duties()[key].basis


def test_local_and_observed_rules_are_never_called_law() -> None:
    for duty in duties().values():
        if duty.status is Status.LOCAL:
            assert duty.basis.startswith(("Council practice", "Council's own"))
        if duty.status in (Status.LOCAL, Status.OBSERVED):
            assert not re.search(r"\bAct\b|s\.\d|\bSI\b", duty.basis)


def test_a_stated_date_and_an_upper_bound_say_how_to_settle_them() -> None:
    readings = [reading for duty in duties().values() for reading in duty.readings]
    assert len(readings) == 3
    assert all(reading.settle.endswith(".") for reading in readings)


@pytest.mark.parametrize(
    ("key", "duty_class", "kind", "status", "rule", "basis"),
    [
        (
            "action-plan",
            DutyClass.A,
            Kind.SUBMISSION,
            Status.SECONDARY,
            "70 working days after report_received",
            "Education and Inspections Act 2006 s.137(3); SI 2007/462 reg 3",
        ),
        (
            "commissioner-report",
            DutyClass.A,
            Kind.SUBMISSION,
            Status.VERIFIED,
            "by commissioner_report_due",
            "Education Act 1996 s.497A, applied by Children Act 2004 s.50",
        ),
        (
            "monitoring-visit",
            DutyClass.B,
            Kind.VISIT,
            Status.OBSERVED,
            "quarterly from action-plan",
            "not evenly spaced",
        ),
        (
            "plo-panel",
            DutyClass.C,
            Kind.MEETING,
            Status.LOCAL,
            "monthly on the 2nd tuesday from report_published",
            "Council practice",
        ),
        (
            "practice-manager-training",
            DutyClass.D,
            Kind.SESSION,
            Status.LOCAL,
            "monthly on the 3rd wednesday from report_published",
            "Council practice",
        ),
    ],
)
def test_each_duty_has_its_class_its_rule_and_where_it_comes_from(
    key: str, duty_class: DutyClass, kind: Kind, status: Status, rule: str, basis: str
) -> None:
    found = duties()[key]
    assert (found.duty_class, found.kind, found.status, found.rule) == (duty_class, kind, status, rule)
    assert basis in found.basis


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
    assert {one.key: one.when for one in duties()[key].milestones} == whens


def test_what_comes_from_law_says_so_and_all_else_is_council_practice() -> None:
    lawful = {
        f"{duty.key}/{one.key}": one.status
        for duty in duties().values()
        for one in duty.milestones
        if one.status is not Status.LOCAL
    }
    assert lawful == {
        "publish-report/published": Status.VERIFIED,
        "action-plan/submitted": Status.SECONDARY,
        "action-plan/published": Status.SECONDARY,
        "action-plan-resubmission/resubmitted": Status.VERIFIED,
        "commissioner-report/report": Status.VERIFIED,
        "commissioner-instruction/complied": Status.VERIFIED,
        "assistance-request/given": Status.VERIFIED,
        **{f"commissioner-steps/step-{n}": Status.VERIFIED for n in (1, 2, 3, 4)},
        "monitoring-visit/expected-letter": Status.OBSERVED,
        "focused-visit/draft": Status.SECONDARY,
        "focused-visit/submitted": Status.SECONDARY,
        "cabinet-report/notice": Status.SECONDARY,
        "cabinet-report/agenda": Status.VERIFIED,
        "cabinet-report/urgency-agreed": Status.VERIFIED,
        "cabinet-report/urgency-reasons": Status.VERIFIED,
        "special-urgency-report/reported": Status.VERIFIED,
    }
    practice = [one for duty in duties().values() for one in duty.milestones if one.status is Status.LOCAL]
    assert {one.basis for one in practice} == {"Council practice"}


def test_the_commissioners_report_is_hers_and_the_evidence_ours() -> None:
    found = duties()["commissioner-report"]
    assert found.ours is False
    assert {one.key: one.ours for one in found.milestones} == {
        "evidence-index": True,
        "views": True,
        "evidence": True,
        "report": False,
    }
    hers = ("commissioner-report", "commissioner-steps")
    assert all(duty.ours for key, duty in duties().items() if key not in hers)


def test_the_four_steps_of_the_commissioner_are_shown_as_hers_with_our_evidence_beside_them() -> None:
    found = duties()["commissioner-steps"]
    assert [one.key for one in found.milestones if not one.ours] == ["step-1", "step-2", "step-3", "step-4"]
    assert [one.key for one in found.milestones if one.ours] == [
        *("support", "capacity", "sustainability", "arrangements", "access"),
    ]


def test_every_ladder_asks_its_owner_first_and_goes_on_after_the_due_date_to_a_bound() -> None:
    for duty in duties().values():
        for milestone in duty.milestones:
            rungs = milestone.ladder.rungs
            assert rungs[0].to == ("owner",)
            assert rungs[0].unless is Unless.ACKNOWLEDGED
            late = [one for one in rungs if one.mark is Mark.AFTER_DUE]
            assert late
            assert all(one.times <= 9 for one in late)
            # Statutory work and visits are said again; boards and routine climb once and stand in the board report.
            assert any(one.every for one in late) is (duty.duty_class in (DutyClass.A, DutyClass.B))


def test_overdue_work_is_told_to_somebody_above_its_owner() -> None:
    for duty in duties().values():
        for milestone in duty.milestones:
            late = [one for one in milestone.ladder.rungs if one.mark is Mark.AFTER_DUE]
            assert {selector for one in late for selector in one.to} - {"owner"}


def test_no_answer_alone_is_told_to_the_line_manager_only() -> None:
    for duty in duties().values():
        for milestone in duty.milestones:
            asking = [one for one in milestone.ladder.rungs if one.unless is Unless.ACKNOWLEDGED]
            assert {selector for one in asking for selector in one.to} <= {"owner", LINE_MANAGER}


def test_what_a_head_of_service_leaves_unanswered_reaches_the_director_the_day_before_and_no_sooner() -> None:
    """With an officer there is a head of service in between, who hears sooner."""
    heads = {key for key, post in medway().directory.posts.items() if post.level is Level.HEAD_OF_SERVICE}
    asked = [one for duty in duties().values() for one in duty.milestones if one.owner in heads]
    climbs = {
        (one.ladder.key, rung.mark, rung.working_days)
        for one in asked
        for rung in one.ladder.rungs
        if LINE_MANAGER in rung.to and rung.unless is Unless.ACKNOWLEDGED
    }
    assert ("heads", Mark.BEFORE_DUE, 1) in climbs
    # A submission itself presses on, and the steps round a meeting in public are short.
    assert {ladder for ladder, mark, _ in climbs if mark is not Mark.BEFORE_DUE} == {"head-submission", "notice"}


def test_what_is_new_begins_once_the_programme_is_set_up() -> None:
    counting = {key for key, duty in duties().items() if duty.rule.find("improvement-programme") > 0}
    assert counting == {
        *("permanence-panel", "audit-moderation-panel", "accountability-meeting", "corporate-parenting-board"),
        *("risk-register", "improvements-report", "communications", "engagement-forum"),
    }
    first = min(one.due_on for key in counting for one in planned()[f"{key}/1"].milestones if one.due_on)
    assert (planned()["improvement-programme/1"].legal_on, first) == (day("Tue 24 Sep 2019"), day("Tue 24 Sep 2019"))


def test_the_submission_climbs_from_two_working_days_before_to_the_director_and_the_chief_executive() -> None:
    (submitted,) = (one for one in duties()["action-plan"].milestones if one.key == "submitted")
    first = {post: one for one in reversed(submitted.ladder.rungs) for post in one.to}
    assert (first["director"].working_days, first["director"].mark) == (2, Mark.BEFORE_DUE)
    assert (first["chief_executive"].working_days, first["chief_executive"].mark) == (1, Mark.BEFORE_DUE)


def test_what_arrives_in_confidence_is_kept_to_its_circulation(tmp_path: Path) -> None:
    received = next(one for one in medway().facts if one.name == "report_received")
    circulation = frozenset({"director", "chief_executive", "head_of_improvement", "improvement_programme_lead"})
    assert received.embargo == Embargo(circulation=circulation, until_fact="report_published")
    letter = "{fact: draft_letter_received, for: monitoring-visit/1, on: 2020-09-07, by: Ofsted, source: mail}"
    (tmp_path / "later.yaml").write_text((TIMELINES / "medway-2019.yaml").read_text() + f"- {letter}\n")
    draft = load(tmp_path / "later.yaml", on=date(2020, 9, 8)).facts[-1]
    assert draft.embargo == Embargo(
        circulation=circulation - {"improvement_programme_lead"}, until_fact="letter_issued"
    )


def test_words_for_officers_name_no_child_and_shout_at_nobody() -> None:
    for duty in duties().values():
        for one in duty.milestones:
            assert one.asks.endswith((".", "?"))
            assert "!" not in one.asks
            assert one.title[0].isupper()
            assert len(one.title) <= 70  # it stands in the subject of a mail


# Medway's dates


@pytest.mark.parametrize(
    ("ref", "legal", "working"),
    [
        ("action-plan/1", "Thu 28 Nov 2019", "Thu 28 Nov 2019"),
        ("commissioner-report/1", "Sun 1 Dec 2019", "Fri 29 Nov 2019"),
        # The second Tuesday of each month …
        ("plo-panel/1", "Tue 10 Sep 2019", "Tue 10 Sep 2019"),
        ("plo-panel/2", "Tue 8 Oct 2019", "Tue 8 Oct 2019"),
        ("plo-panel/3", "Tue 12 Nov 2019", "Tue 12 Nov 2019"),
        ("plo-panel/4", "Tue 10 Dec 2019", "Tue 10 Dec 2019"),
        ("plo-panel/5", "Tue 14 Jan 2020", "Tue 14 Jan 2020"),
        ("plo-panel/12", "Tue 11 Aug 2020", "Tue 11 Aug 2020"),
        # … and the third Wednesday.
        ("practice-manager-training/1", "Wed 18 Sep 2019", "Wed 18 Sep 2019"),
        ("practice-manager-training/4", "Wed 18 Dec 2019", "Wed 18 Dec 2019"),
    ],
)
def test_golden_dates_of_medway(ref: str, legal: str, working: str) -> None:
    assert (planned()[ref].legal_on, planned()[ref].working_on) == (day(legal), day(working))


@pytest.mark.parametrize(
    ("number", "opens", "closes"),
    [
        (1, "Thu 28 Nov 2019", "Thu 27 Feb 2020"),
        (2, "Fri 28 Feb 2020", "Wed 27 May 2020"),
        (3, "Thu 28 May 2020", "Thu 27 Aug 2020"),
    ],
)
def test_visits_are_windows_from_the_plans_due_date(number: int, opens: str, closes: str) -> None:
    found = planned()[f"monitoring-visit/{number}"]
    assert (found.opens_on, found.closes_on) == (day(opens), day(closes))
    assert found.starts_on is None


@pytest.mark.parametrize(
    ("ref", "key", "due"),
    [
        ("action-plan/1", "draft", "Thu 3 Oct 2019"),
        ("action-plan/1", "sign-off", "Thu 14 Nov 2019"),
        ("action-plan/1", "decision", "Mon 25 Nov 2019"),
        ("action-plan/1", "target", "Tue 26 Nov 2019"),
        ("action-plan/1", "submitted", "Thu 28 Nov 2019"),
        ("action-plan/1", "receipt", "Fri 29 Nov 2019"),
        # Counted from the working date of Sun 1 Dec 2019.
        ("commissioner-report/1", "evidence", "Fri 15 Nov 2019"),
        ("commissioner-report/1", "views", "Fri 1 Nov 2019"),
        ("monitoring-visit/1", "dates", "Thu 31 Oct 2019"),
        ("plo-panel/1", "cases", "Tue 3 Sep 2019"),
        ("plo-panel/1", "minutes", "Thu 12 Sep 2019"),
        ("plo-panel/4", "actions", "Tue 24 Dec 2019"),
        ("practice-manager-training/1", "room", "Wed 28 Aug 2019"),
        ("practice-manager-training/4", "impact", "Fri 27 Dec 2019"),
    ],
)
def test_milestones_of_medway(ref: str, key: str, due: str) -> None:
    assert milestones(ref)[key].due_on == day(due)


def test_readings_of_the_plans_date_stand_side_by_side_and_agree() -> None:
    found = planned()["action-plan/1"]
    assert {reading.name: reading.legal_on for reading in found.readings} == {
        "the rule": day("Thu 28 Nov 2019"),
        "stated by Ofsted or the council": day("Thu 28 Nov 2019"),
        "no later than, counted from publication": day("Tue 3 Dec 2019"),
    }
    assert "inferred" in found.why[0]


def test_when_only_publication_is_known_the_plan_is_due_no_later_than_the_third_of_december() -> None:
    known = tuple(one for one in medway().facts if one.name in ("report_published", "statutory_direction"))
    (found, *_) = (
        one
        for one in plan(replace(medway(), facts=known), at=at("Wed 4 Sep 2019 07:30"), until=day("Tue 31 Dec 2019"))
        if one.obligation == "action-plan"
    )
    assert found.legal_on == day("Tue 3 Dec 2019")


def test_before_the_report_comes_everything_waits_for_a_fact() -> None:
    found = planned("Tue 20 Aug 2019 07:30")
    assert all(one.waits_for and one.legal_on is None for one in found.values())
    waits = {key: found[f"{key}/1"].waits_for for key in NAMED}
    assert waits == {
        "action-plan": ("report_received",),
        "commissioner-report": ("commissioner_report_due",),
        "monitoring-visit": ("action-plan",),
        "plo-panel": ("report_published",),
        "practice-manager-training": ("report_published",),
    }


@pytest.mark.parametrize(
    ("when", "embargoed"),
    [("Wed 21 Aug 2019 07:30", True), ("Mon 26 Aug 2019 23:59", True), ("Tue 27 Aug 2019 07:30", False)],
)
def test_until_publication_all_that_is_dated_rests_on_the_embargoed_report(when: str, embargoed: bool) -> None:
    dated = [one for each in planned(when).values() for one in each.milestones if one.due_on]
    assert dated
    assert {bool(one.embargoes) for one in dated} == {embargoed}


@cache
def history() -> CouncilTimeline:
    return load(TIMELINES / "medway-history.yaml", on=date(2019, 8, 27))


def lived(when: str, until: str = "Thu 31 Aug 2023") -> dict[str, Occurrence]:
    return {one.ref: one for one in plan(history(), at=at(when), until=day(until))}


def test_the_first_visit_as_it_happened() -> None:
    due = {one.key: one.due_on for one in lived("Wed 16 Sep 2020 07:30")["monitoring-visit/1"].milestones}
    assert due == {
        "dates": day("Thu 23 Jul 2020"),
        "data": day("Thu 6 Aug 2020"),
        "cases": day("Mon 10 Aug 2020"),
        "logistics": day("Thu 13 Aug 2020"),
        "briefing": day("Mon 17 Aug 2020"),
        "feedback": day("Mon 24 Aug 2020"),
        "new-concerns": day("Tue 25 Aug 2020"),
        "declined": day("Wed 26 Aug 2020"),
        "expected-letter": day("Fri 25 Sep 2020"),
        "draft-letter": None,
        "first-letter": day("Tue 22 Sep 2020"),
        "letter": None,
        "actions": None,
    }


@pytest.mark.parametrize(
    ("when", "starts"),
    [
        ("Mon 3 Feb 2020 07:30", "Tue 31 Mar 2020"),
        ("Mon 16 Mar 2020 07:30", "Tue 31 Mar 2020"),
        ("Tue 17 Mar 2020 07:30", "Thu 20 Aug 2020"),
    ],
)
def test_in_march_2020_the_first_visit_moves_to_august(when: str, starts: str) -> None:
    assert lived(when)["monitoring-visit/1"].starts_on == day(starts)


@pytest.mark.parametrize(
    ("ref", "starts", "ends"),
    [
        ("monitoring-visit/1", "Thu 20 Aug 2020", "Fri 21 Aug 2020"),
        ("monitoring-visit/4", "Wed 11 May 2022", "Thu 12 May 2022"),
        ("monitoring-visit/5", "Wed 21 Sep 2022", "Thu 22 Sep 2022"),
        ("re-inspection/1", "Mon 17 Jul 2023", "Fri 28 Jul 2023"),
    ],
)
def test_the_days_of_the_public_record(ref: str, starts: str, ends: str) -> None:
    found = lived("Tue 1 Aug 2023 07:30")[ref]
    assert (found.starts_on, found.ends_on) == (day(starts), day(ends))


def test_the_letter_of_the_first_visit_stays_in_confidence() -> None:
    (letter,) = (
        one for one in lived("Wed 16 Sep 2020 07:30")["monitoring-visit/1"].milestones if one.key == "first-letter"
    )
    assert [one.circulation for one in letter.embargoes] == [
        frozenset({"director", "chief_executive", "head_of_improvement"})
    ]


def test_what_no_source_states_is_marked_in_the_history() -> None:
    stated = {one.name: one for one in history().facts if not one.occurrence}
    assert stated["direction_revised"].on == day("Fri 29 Jan 2021")
    assert stated["commissioner_report_published"].on == day("Fri 10 Jan 2020")
    examples = [one for one in history().facts if "example" in one.source]
    assert len(examples) == 3
    assert all(one.inferred for one in examples)


# Medway's facts, posts and people


def test_every_fact_says_who_recorded_it_and_where_it_stands() -> None:
    assert len(medway().facts) >= 9
    for one in medway().facts:
        assert one.who
        assert one.source


def test_the_days_of_the_real_case() -> None:
    assert {one.name: one.on for one in medway().facts} == {
        "inspection": day("Mon 15 Jul 2019"),
        "report_received": day("Wed 21 Aug 2019"),
        "report_published": day("Tue 27 Aug 2019"),
        "statutory_direction": day("Tue 27 Aug 2019"),
        "commissioner_appointed": day("Tue 27 Aug 2019"),
        "commissioner_report_due": day("Sun 1 Dec 2019"),
        "cabinet_meeting": day("Tue 3 Sep 2019"),
        "next_cabinet_meeting": day("Tue 24 Sep 2019"),
        "action_plan_stated_due": day("Thu 28 Nov 2019"),
        "special_urgency_agreed": day("Tue 27 Aug 2019"),
        "special_urgency_decision": day("Tue 3 Sep 2019"),
        "early_help_scoping": day("Mon 2 Sep 2019"),
        "cabinet_feedback_report_due": day("Tue 31 Dec 2019"),
    }
    (inspection,) = (one for one in medway().facts if one.name == "inspection")
    assert inspection.until == day("Fri 26 Jul 2019")


def test_what_no_source_states_is_marked_as_inferred_and_nothing_else_is() -> None:
    assert [one.name for one in medway().facts if one.inferred] == ["report_received", "special_urgency_agreed"]


def test_no_decision_sees_a_fact_before_it_could_be_known() -> None:
    known = {one.name: one.known_at for one in medway().facts}
    assert known["report_received"] == at("Wed 21 Aug 2019 00:00")
    published = at("Tue 27 Aug 2019 00:00")
    assert all(instant >= published for name, instant in known.items() if name not in ("inspection", "report_received"))


def test_posts_have_the_titles_of_the_document() -> None:
    posts = medway().directory.posts
    assert posts["director"].title == "Director of People"
    assert {posts[key].level for key in ("lead_member", "ofsted", "commissioner")} == {Level.MEMBER, Level.EXTERNAL}


def test_every_owner_has_a_line_that_leads_to_the_chief_executive() -> None:
    directory = medway().directory
    owners = {one.owner for duty in duties().values() for one in duty.milestones if one.ours}
    for owner in owners:
        assert tuple(directory.line(owner))[-1] == "chief_executive"


@pytest.mark.parametrize("path", sorted(TIMELINES.glob("*.yaml")), ids=lambda path: path.name)
def test_only_example_addresses_stand_in_a_timeline(path: Path) -> None:
    text = path.read_text()
    assert all(found.endswith(".example") for found in re.findall(r"[\w.+'-]+@[\w.-]+", text))
    assert not re.search(r"\+?\d[\d ]{9,}\d", text), "no telephone number"
    assert all(one.address.endswith("@medway.example") for one in medway().directory.people.values())


# The demo: the same case with today in its middle


@pytest.mark.parametrize("today", ["Mon 23 Nov 2026", "Sun 29 Nov 2026", "Tue 2 Mar 2027"])
def test_the_demo_lies_round_today(today: str) -> None:
    on = day(today)
    demo = load(TIMELINES / "demo.yaml", on=on)
    found = {one.ref: one for one in plan(demo, at=at(f"{today} 12:00"), until=date(on.year + 1, 6, 30))}
    due_on = found["action-plan/1"].legal_on
    assert due_on is not None
    assert 0 <= (due_on - on).days <= 14
    assert demo.council.key == "demo"
    assert demo.council.shadow_by_default is False
    assert demo.directory == medway().directory
