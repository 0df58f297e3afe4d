"""Test what the trials of dates and law asked for with the shipped pack, where no other test does.

`HELD_BY` names for each line of that page, and for each case at its end, the tests that hold it.
"""

import re
from dataclasses import replace

import pytest

from config.settings import ROOT
from tests.config import histories
from tests.config.medway import history, medway
from tests.docs.law_page import pack
from tests.timeline.builders import fact
from tests.timeline.literals import at, day
from timeline.definitions.facts import Fact
from timeline.escalation.rag import Rag, rate
from timeline.escalation.task_context import task_context
from timeline.planning.fact_order import FactOrder
from timeline.planning.occurrences import Milestone, Occurrence
from timeline.planning.plan import plan
from timeline.planning.reading_facts import drives_nothing

HELD_BY = {
    "1 facts in order": "timeline/planning/test_fact_order.py no_fact_lies_before_what_it_follows, "
    "an_upper_bound_caps, slips_are_told, nothing_is_held_or_submitted_on_a_day_to_come, nothing_of_its_occurrence",
    "2 dates of law stay": "timeline/planning/test_fact_order.py nobody_moves_a_date_of_law",
    "3 a recorded submission": "tasks/proposals/test_recorded_submission.py drives_nothing_says_so, second_person",
    "4 the meeting that decides": "timeline/planning/test_chosen_meeting.py steps_count_from_it, check_compares, "
    "no_step_lies_before_its_cause, nobody_hears_partners",
    "5 elections": "timeline/forecast/test_conflicts.py an_election_moves_no_submission; "
    "timeline/definitions/test_pauses.py chased_after_it_alone; tasks/assurance/test_election.py waits_for_the",
    "6 notice track": "config/packs/test_notice_track.py count_from_the_notice, after_the_twelfth_month",
    "7 reports of hers": "timeline/planning/test_fact_order.py each_report_of_the_commissioner; "
    "config/checks/test_facts.py what_is_not_there_has_its_line",
    "8 past the calendar": "timeline/planning/test_past_calendar.py asked_for_provisionally; "
    "config/checks/test_facts.py past_the_calendar; tasks/assurance/test_past_calendar.py ",
    "9 kind and certainty": "config/packs/test_tasks_of_the_pack.py what_comes_from_law; "
    "config/packs/test_rule_pack.py only_the_law_is_called_law; config/packs/test_notice_track.py within_a_year; "
    "config/packs/test_committee_system.py notices_of_the_act",
    "10 no Cabinet, two stages": "config/packs/test_committee_system.py no_duty_of_an_executive, ready_for_the_first, "
    "ratified_after_its_submission; timeline/sign_off/test_stages.py each_stage",
    "11 a catalogue": "config/checks/test_practices.py off_until_it_is_chosen, offered_as_examples",
    "12 an unknown receipt": "timeline/planning/test_finding_out.py found_out",
    "13 Medway's history": "config/packs/test_medway_dates.py days_of_the_public_record",
    "14 committee calendars": "config/timeline_files/test_committee_calendar.py says_cancelled, like_name; "
    "config/timeline_files/test_linked_files.py which_meetings_were_taken",
    "15 moves, and rules that never come": "timeline/forecast/test_overlooked.py a_move_is_warned_of; "
    "timeline/rules/test_rules_in_words.py never_comes",
    "16 words of councils": "timeline/rules/test_rules_grammar.py ; timeline/rules/test_rules_in_words.py ",
    "17 names and days": "timeline/calendar/test_calendar.py ; config/new_council/test_authorities.py "
    "wrong_is_refused, day_off; timeline/planning/test_council_end.py handover",
    "18 begins once it can be prepared": "timeline/planning/test_unarranged.py nobody_could_arrange; "
    "config/packs/test_rule_pack.py once_the_programme_is_set_up",
    "mid-May, and a stated date before the law's": "timeline/planning/test_chosen_meeting.py steps_count_from_it; "
    "timeline/planning/test_because.py stated_before_the_laws_own",
    "two reports; a notice and no direction": "timeline/planning/test_fact_order.py each_report_of_the_commissioner; "
    "config/packs/test_notice_track.py or_alone",
    "committee system; 22 September 2028": "config/packs/test_committee_system.py ; "
    "timeline/planning/test_past_calendar.py asked_for_provisionally",
}


def test_every_line_and_every_case_is_held_by_tests_that_are_there() -> None:
    assert [int(line.split()[0]) for line in HELD_BY if line[0].isdigit()] == list(range(1, 19))
    for line, held in HELD_BY.items():
        for file, _, parts in (each.strip().partition(" ") for each in held.split(";")):
            tests = re.findall(r"^def (test_\w+)", (ROOT / "tests" / file).read_text(), re.MULTILINE)
            assert all(any(part in test for test in tests) for part in parts.split(", ")), (line, file, parts)


def planned(*facts: Fact, when: str) -> dict[str, Occurrence]:
    of = replace(medway(), facts=facts, council=replace(medway().council, pre_election_periods=()))
    return {each.ref: each for each in plan(of, at=at(when), until=day("Fri 31 Dec 2027"))}


def tasks(of: Occurrence) -> dict[str, Milestone]:
    return {task.key: task for task in of.milestones}


# Counted by hand on the calendars of GOV.UK, from the day of publication.
@pytest.mark.parametrize(
    ("published", "report_by", "plan_by"),
    [
        ("Thu 28 Mar 2024", "Tue 14 May 2024", "Wed 10 Jul 2024"),  # Maundy Thursday
        ("Mon 23 Dec 2024", "Thu 6 Feb 2025", "Thu 3 Apr 2025"),
        ("Thu 15 May 2025", "Fri 27 Jun 2025", "Fri 22 Aug 2025"),  # the plan falls into August recess
    ],
)
def test_on_the_worst_days_the_latest_that_the_law_can_mean_is_worked_to(
    published: str, report_by: str, plan_by: str
) -> None:
    now = planned(fact("report_published", published), when=f"{published} 09:00")
    assert (now["publish-report/1"].legal_on, now["action-plan/1"].legal_on) == (day(report_by), day(plan_by))


def test_a_receipt_known_only_later_brings_the_laws_own_date() -> None:
    published = fact("report_published", "Mon 14 Sep 2026")
    received = fact("report_received", "Mon 7 Sep 2026", known="Mon 5 Oct 2026 09:00")
    for when, plan_by in (("Mon 5 Oct 2026 08:59", "Mon 21 Dec 2026"), ("Mon 5 Oct 2026 09:00", "Mon 14 Dec 2026")):
        assert planned(published, received, when=when)["action-plan/1"].legal_on == day(plan_by)


def test_a_direction_before_publication_counts_from_its_own_day_and_is_told() -> None:
    directed, published = fact("statutory_direction", "Tue 8 Sep 2026"), fact("report_published", "Mon 14 Sep 2026")
    due = fact("commissioner_report_due", "Tue 8 Dec 2026", known="Tue 8 Sep 2026 09:00")
    now = planned(directed, published, due, when="Mon 14 Sep 2026 09:00")
    assert now["dfe-review/1"].legal_on == day("Mon 1 Mar 2027")
    assert now["commissioner-report/1"].legal_on == day("Tue 8 Dec 2026")
    order = FactOrder(replace(medway(), facts=(directed, published, due)))
    assert list(order.faults(directed)) == []
    (told,) = order.doubts(directed)
    assert told.startswith("Tuesday 8 September 2026 is before the report was published (Monday 14 September 2026)")
    same = replace(directed, on=published.on)
    assert list(FactOrder(replace(medway(), facts=(same, published, due))).doubts(same)) == []


def test_days_round_a_visit_across_easter_skip_it() -> None:
    published, received = fact("report_published", "Tue 27 Aug 2019"), fact("report_received", "Wed 21 Aug 2019")
    known, of = "Mon 2 Mar 2020 09:00", "monitoring-visit/1"
    visit = fact("visit_confirmed", "Wed 8 Apr 2020", until="Tue 14 Apr 2020", known=known, of=of)
    visited = tasks(planned(received, published, visit, when=known)[of])
    expected = {
        "data": "Wed 25 Mar 2020",
        "cases": "Fri 27 Mar 2020",
        "logistics": "Wed 1 Apr 2020",
        "briefing": "Fri 3 Apr 2020",
        "feedback": "Wed 15 Apr 2020",
        "declined": "Fri 17 Apr 2020",
        "expected-letter": "Tue 19 May 2020",  # Friday 8 May 2020 was a bank holiday, and Monday 4 May was none
    }
    assert {key: visited[key].due_on for key in expected} == {key: day(on) for key, on in expected.items()}


def test_what_was_agreed_moves_no_colour_of_a_legal_date() -> None:
    received = fact("report_received", "Wed 21 Aug 2019")
    agreed = fact("agreed_day", "Thu 12 Dec 2019", known="Wed 27 Nov 2019 09:00", of="action-plan/1")
    council, late = replace(medway(), facts=(received, agreed)), at("Fri 29 Nov 2019 09:00")
    submitted = tasks(planned(received, agreed, when="Fri 29 Nov 2019 09:00")["action-plan/1"])["submitted"]
    rated = rate(task_context(council, submitted, at=late))
    assert (rated.rag, submitted.legal_on) == (Rag.RED, day("Thu 28 Nov 2019"))


def test_what_drives_nothing_is_known_by_its_name() -> None:
    idle = ("direction_revised", "early_help_scoping", "next_cabinet_meeting")
    driving = ("action_plan_submitted", "statutory_direction", "sign_off_meeting", "notice_closed")
    assert [drives_nothing(name, medway()) for name in (*idle, *driving)] == [True] * 3 + [False] * 4


def test_the_lead_member_is_briefed_before_the_cabinet_that_decides() -> None:
    steps = histories.tasks("herefordshire-2022", "Mon 3 Oct 2022 09:00", "action-plan/1")
    due = {key: steps[key].due_on for key in ("clearance", "sign-off", "briefed", "decision")}
    assert due == {
        "clearance": day("Thu 1 Dec 2022"),
        "sign-off": day("Mon 5 Dec 2022"),
        "briefed": day("Fri 9 Dec 2022"),  # Cabinet met on Thursday 15 December
        "decision": day("Thu 22 Dec 2022"),
    }


def test_nobody_settles_the_theme_of_a_training_session_before_there_is_a_programme() -> None:
    published, received = fact("report_published", "Tue 27 Aug 2019"), fact("report_received", "Wed 21 Aug 2019")
    now = planned(received, published, when="Tue 27 Aug 2019 09:00")
    assert not tasks(now["practice-manager-training/1"])["theme"].chased
    assert tasks(now["practice-manager-training/2"])["theme"].due_on == day("Wed 18 Sep 2019")


def test_what_ofsted_judges_and_who_gets_the_report_are_as_their_texts_have_it() -> None:
    editions = {each.from_on.year: " ".join(each.items) for each in pack().editions["judgements"]}
    assert {year: "care leavers" in items for year, items in editions.items()} == dict.fromkeys(editions, True)
    assert {year: "of care leavers" in items for year, items in editions.items()} == {
        2018: False,
        2023: True,
        2026: True,
    }
    assert {year: "Overall" in items for year, items in editions.items()} == {2018: True, 2023: True, 2026: False}
    recipients = " ".join(pack().lists["recipients"])
    assert all(words in recipients for words in ("s.10(1)(c)", "s.13", "newspaper", "radio", "inspection", "on demand"))


def test_medways_history_is_what_the_record_has() -> None:
    told = {(each.name, each.occurrence or "", each.on) for each in history().facts}
    assert told >= {
        ("letter_issued", "monitoring-visit/1", day("Mon 28 Sep 2020")),
        ("direction_revised", "", day("Fri 10 Jan 2020")),
        ("held", "dfe-review/2", day("Fri 31 Jul 2020")),
        ("held", "dfe-review/3", day("Mon 14 Dec 2020")),
        ("focused_visit", "", day("Tue 4 May 2021")),
        ("regime_ended", "", day("Mon 11 Sep 2023")),
    }
    # A series has an end: of eleven cancellations by hand a single one is left, of a window that no visit used.
    assert [each.occurrence for each in history().facts if each.name == "cancelled"] == ["monitoring-visit/6"]
