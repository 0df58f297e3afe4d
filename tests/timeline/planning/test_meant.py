"""Test which occurrence a fact is taken for that names none, and what is recorded for an occurrence."""

from dataclasses import replace

import pytest

from tests.config.medway import medway
from tests.timeline.builders import fact
from tests.timeline.literals import at, day
from timeline.definitions.facts import Fact
from timeline.planning.explanation import waiting
from timeline.planning.occurrences import OccurrenceState
from timeline.planning.plan import plan
from timeline.planning.reading_facts import as_meant, could_mean, example

FIRST = fact("notice_issued", "Fri 1 Nov 2019", of="improvement-notice/1")
SECOND = fact("notice_issued", "Mon 1 Mar 2021", of="improvement-notice/2")


def closing(on: str) -> Fact:
    return fact("notice_closed", on)


def test_the_end_of_a_notice_is_that_of_the_newest_and_leaves_the_end_of_an_earlier_alone() -> None:
    timeline = replace(medway(), facts=(FIRST, SECOND))
    ended = [as_meant(closing(on), timeline) for on in ("Mon 1 Jun 2020", "Mon 4 Oct 2021")]
    assert [each.occurrence for each in ended] == ["improvement-notice/1", "improvement-notice/2"]
    assert could_mean(ended[1], timeline) == ("improvement-notice/2", "improvement-notice/1")
    both = replace(timeline, facts=(FIRST, SECOND, *ended))
    planned = plan(
        both, at=at("Tue 5 Oct 2021 09:00"), until=day("Thu 31 Mar 2022"), obligations=["improvement-notice"]
    )
    assert [(each.ref, each.state) for each in planned] == [
        ("improvement-notice/1", OccurrenceState.CANCELLED),
        ("improvement-notice/2", OccurrenceState.CANCELLED),
    ]


def test_the_meeting_that_decides_is_that_of_the_submission_and_all_else_stays_as_it_was_named() -> None:
    timeline = replace(medway(), facts=(FIRST,))
    chosen = fact("sign_off_meeting", "Tue 8 Oct 2019")
    assert as_meant(chosen, timeline).occurrence == "action-plan/1"
    named = replace(closing("Mon 1 Jun 2020"), occurrence="improvement-notice/7")
    early, received = closing("Thu 31 Oct 2019"), fact("report_received", "Wed 21 Aug 2019")
    assert [as_meant(each, timeline) for each in (named, early, received)] == [named, early, received]


@pytest.mark.parametrize(
    ("name", "such"),
    [
        ("notice_issued", "improvement-notice/1"),
        ("cabinet_meeting", "cabinet-report/1"),
        ("visit_confirmed", "monitoring-visit/1"),
        ("held", "monitoring-visit/1"),
    ],
)
def test_a_fact_of_an_occurrence_is_shown_with_an_occurrence_of_its_own(name: str, such: str) -> None:
    assert example(name, medway()) == such


@pytest.mark.parametrize(
    ("name", "ref", "bound"),
    [
        ("sign_off_meeting", "action-plan/1", True),
        ("action_plan_reply", "action-plan/1", False),
        ("draft_letter_received", "monitoring-visit/2", True),
        ("instruction_due", "commissioner-instruction/1", True),
        ("commissioner_report_due", "commissioner-report/1", False),
        ("commissioner_report_due", "commissioner-report/2", True),
        # What a series counts from is the council's: nobody records a publication for a panel.
        ("report_published", "plo-panel/1", False),
        ("statutory_direction", "dfe-review/1", False),
    ],
)
def test_the_command_that_ends_a_wait_names_the_occurrence_where_the_fact_is_its_own(
    name: str, ref: str, bound: bool
) -> None:
    duty = next(duty for duty in medway().obligations if duty.key == ref.partition("/")[0])
    (said,) = waiting([name], duty, medway(), ref=ref)
    assert said.endswith(f"daymark record {name} DATE{f' --for {ref}' if bound else ''} --by WHO --source TEXT.")
