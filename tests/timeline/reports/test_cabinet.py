"""Ask the report to Cabinet: it holds the source document, only what was known on its day, and nobody's name."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support.programmes import AT_CABINET, medways, slipping
from tests.support.reports import HEAD, situation, to_cabinet, words
from tests.timeline.reports.source_facts import FACTS, HEADINGS, PERSONS
from timeline.programme.as_known import NotPublished
from timeline.programme.measures import Value
from timeline.programme.programme import HighlightedCases
from timeline.programme.risks import Assessment, Rating
from timeline.reports.cabinet import cabinet
from timeline.reports.document import numbered
from timeline.reports.release import unfilled

LATER = date(2019, 10, 1)


@pytest.mark.parametrize("paragraph", FACTS)
def test_every_fact_of_the_document_that_records_can_know_stands_in_it(paragraph: str) -> None:
    text = words(to_cabinet())
    assert [fact for fact in FACTS[paragraph] if fact not in text] == []


def test_it_has_the_documents_own_structure() -> None:
    headings = [f"{each.number} {each.part}".strip() for each in numbered(to_cabinet()) if isinstance(each.part, str)]
    assert headings == [*HEADINGS, "For the author: what is missing"]


def test_it_is_a_draft_that_names_its_day_its_record_and_what_is_missing_and_no_person() -> None:
    text = words(to_cabinet())
    assert to_cabinet().status == "DRAFT"
    assert to_cabinet().footer == f"As known on 3 September 2019. Audit record 12, head {HEAD}."
    assert [name for name in PERSONS if name in text] == []
    assert "8.1 The Section 151 officer writes the financial implications: Daymark keeps no budget." in text
    assert "9.1 The Monitoring officer has the legal implications written: Daymark gives no legal advice." in text
    assert "No action of the plan is tied to this area for improvement." in text


def test_what_became_known_later_stands_in_a_later_report_alone() -> None:
    programme = slipping(medways(), "improvement-board", on=date(2019, 9, 20))
    risk = programme.risks["caseloads"]
    worse = Assessment(on=date(2019, 9, 20), by="head_of_improvement", rating=Rating("A", 1))
    measure = programme.measures["assessment-posts"]
    more = Value(on=date(2019, 9, 20), by="head_of_improvement", number=Decimal(11))
    programme = replace(
        programme,
        risks={**programme.risks, risk.key: replace(risk, assessments=(*risk.assessments, worse))},
        measures={**programme.measures, measure.key: replace(measure, values=(*measure.values, more))},
    )
    assert words(cabinet(situation(programme))) == words(to_cabinet())
    later = words(cabinet(situation(programme, on=LATER)))
    assert "“The chair is not appointed yet.”" in later
    assert "A1\nvery high likelihood, catastrophic impact\nIt has grown." in later
    assert "11 posts (on 20 September 2019)" in later
    assert "urgent for the reasons" not in later


def test_before_the_findings_are_public_there_is_no_report() -> None:
    with pytest.raises(NotPublished, match="published on Tuesday 27 August 2019, so nothing of them may be told as at"):
        situation(medways(), on=date(2019, 8, 26))


def test_a_direction_of_a_later_day_and_its_steps_are_not_told() -> None:
    given = medways().intervention
    assert given
    later = replace(given, issued_on=date(2019, 9, 10))
    text = words(cabinet(situation(replace(medways(), intervention=later))))
    assert "4.1 No direction or notice is recorded as at this date." in text
    assert "Parliamentary Under Secretary" not in text


def test_records_that_were_stored_later_are_told_to_be() -> None:
    text = words(cabinet(situation(medways(), stated_since=date(2019, 10, 1))))
    assert "These records were first stored on 1 October 2019, after the day of this report" in text


def test_a_small_count_of_cases_is_not_told() -> None:
    cases = HighlightedCases(highlighted=4, followed_up=12, is_complete=False, words="Some.", source="a letter")
    text = words(cabinet(situation(replace(medways(), cases=cases), on=AT_CABINET)))
    assert "Cases highlighted by Ofsted: fewer than 5; followed up: 12." in text


def test_what_it_lacks_is_told_in_groups_and_the_same_gap_of_several_records_once() -> None:
    lacks = unfilled(to_cabinet())
    groups = dict(lacks.groups)
    assert (lacks.number, [(heading, len(sentences)) for heading, sentences in lacks.groups]) == (
        23,
        [("To be written", 3), ("Missing in the records", 6)],
    )
    assert groups["To be written"][1].startswith("Financial implications: The Section 151 officer writes")
    (risks,) = [gap for gap in groups["Missing in the records"] if "no day of review" in gap]
    assert risks.startswith("Risk “Actions are not implemented in a timely manner”; Risk “")
    assert risks.endswith("; Risk “Caseloads”: It has no owner: expected a post. It has no day of review.")
