"""Test the programme file: the source document stands in it whole, faults have their place, gaps are told."""

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from config.load import TIMELINES, examine, examine_programme, load, programme_of
from config.programme_file.load import missing
from config.timeline_files.plain_yaml import read
from tests.config.medway import medway
from timeline.escalation.rag import Rag
from timeline.programme.actions import standing
from timeline.programme.inspection import Grade
from timeline.programme.programme import Programme

FILE = TIMELINES / "medway-2019.programme.yaml"
AT_CABINET = date(2019, 9, 3)


@cache
def programme() -> Programme:
    whole, faults = examine_programme(TIMELINES / "medway-2019.yaml", medway(), on=AT_CABINET)
    assert faults == ()
    assert whole is not None
    return whole


def broken(folder: Path, old: str, new: str) -> list[tuple[str, str]]:
    """Give the faults of the file after a change, each as its key and its sentence."""
    text = FILE.read_text()
    assert old in text
    (folder / "a.programme.yaml").write_text(text.replace(old, new, 1))
    return [(fault.key, fault.text) for fault in examine_programme(folder / "a.yaml", medway(), on=AT_CABINET)[1]]


def test_the_judgements_areas_and_strengths_are_those_of_the_document() -> None:
    grades = [judgement.grade for judgement in programme().judgements.values()]
    assert grades == [Grade.INADEQUATE, Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE]
    assert (len(programme().areas), len(programme().strengths)) == (10, 9)
    assert [len(records) for records in (programme().steps, programme().priorities, programme().improvements)] == [
        4,
        5,
        8,
    ]
    assert programme().steps["step-4"].due_on == date(2019, 12, 1)


def test_the_records_say_the_same_as_the_lists_of_the_timeline() -> None:
    lists = examined_lists()
    assert [area.title for area in programme().areas.values()] == lists["areas"]
    assert [priority.title for priority in programme().priorities.values()] == lists["priorities"]
    told = [f"{each.area}: {each.grade}" for each in programme().judgements.values()]
    assert told == lists["judgements"]
    risks = [f"{risk.title}: {risk.assessments[0].rating}" for risk in programme().risks.values()]
    assert [risk.replace(" & ", " and ") for risk in risks] == lists["risks"]
    posts = [medway().directory.posts[post].title for post in programme().team]
    assert posts == lists["team"]


def examined_lists() -> dict[str, list[str]]:
    """Give the lists of the timeline's file as they are written."""
    lists: dict[str, list[str]] = read(TIMELINES / "medway-2019.yaml")["lists"]
    return lists


def test_the_figures_of_the_improvements_can_be_said() -> None:
    said = {key: each.sentence(each.values[-1]) for key, each in programme().measures.items()}
    assert said == {"assessment-posts": "8 posts", "assessment-caseloads": "down by 20 % since the inspection"}


def test_each_record_names_its_paragraph() -> None:
    sources = re.findall(r"source: \"?([^\"}\n]+)", FILE.read_text())
    assert len(sources) > 70
    known = r"(paragraphs? \d+\.\d+|section 7|appendix [12])"
    assert [source for source in sources if not re.match(known, source)] == []


SESSION = "{on: 2019-10-01, theme: Leadership, absent: pm_1, source: list}"


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        ("grade: inadequate", "grade: bad", "judgements.leaders.grade", "expected outstanding, good"),
        ("rating: B2", "rating: 2B", "risks.late-actions.assessments[0].rating", "such as B2"),
        ("change: -20 %", "change: fewer", "measures.assessment-caseloads.values[0].change", "such as -20 % or +8"),
        ("is: 8}", "is: 8, change: +8}", "measures.assessment-posts.values[0]", "expected one of them"),
        ("is: 8}", "is: eight}", "measures.assessment-posts.values[0].is", "expected a number"),
        ("is: 8}", 'is: "12,5"}', "measures.assessment-posts.values[0].is", "such as 8, 12.5 or 1,200"),
        ("areas: [management-oversight]", "areas: [management-oversite]", ".areas", "“management-oversight”"),
        ("owner: training_lead", "owner: training_led", "actions.practice-manager-training.owner", "“training_lead”"),
        ("duty: plo-panel", "duty: plo-panels", "bodies.plo-panel.duty", "“plo-panel”"),
        (
            "  themes: [L",
            "  managers: {pm_1: Adoptions}\n  teams: {Adoption: 5}\n  themes: [L",
            ".managers.pm_1",
            "“Adoption”",
        ),
        (
            "  themes: [L",
            f"  sessions: [{SESSION}]\n  themes: [L",
            "training.sessions[0].absent",
            "no Practice Manager",
        ),
        (
            "  first-response: {title: M",
            "  first-response: {title: Case 1234567 m",
            "first-response.title",
            "Take out what",
        ),
        ("until: 2019-07-26", "until: 2019-07-12", "inspection.until", "ends before it begins"),
        ("adviser: commissioner", "advisor: commissioner", "intervention.advisor", "Did you mean “adviser”"),
    ],
)
def test_a_fault_has_its_place_and_says_what_was_expected(
    tmp_path: Path, old: str, new: str, key: str, text: str
) -> None:
    faults = broken(tmp_path, old, new)
    assert any(place.endswith(key) and text in said for place, said in faults), faults


def test_a_fault_of_the_programme_is_a_fault_of_the_timeline(tmp_path: Path) -> None:
    file = tmp_path / "medway.yaml"
    file.write_text((TIMELINES / "medway-2019.yaml").read_text())
    programme_of(file).write_text("inspection: {}\n")
    faults = examine(file, on=AT_CABINET)[1]
    assert {fault.file for fault in faults} == {"medway.programme.yaml"}


def test_what_an_inspector_would_ask_for_is_told() -> None:
    told = {fault.key: fault.text for fault in missing(FILE.name, programme(), on=AT_CABINET)}
    assert told["areas.health"] == "No action of the plan is tied to this area for improvement."
    assert "areas.early-help" not in told
    assert told["risks.late-actions"] == "It has no day of review."
    late = {fault.key: fault.text for fault in missing(FILE.name, programme(), on=date(2019, 11, 29))}
    assert late["measures.assessment-posts"] == "Its last value is of Tue 27 Aug 2019: older than 2 months."
    assert late["actions.action-plan"].startswith("It is red and nobody has said why.")


def test_a_council_whose_owners_nobody_asks_every_month_is_told() -> None:
    duties = load(TIMELINES / "medway-2019.yaml", on=AT_CABINET).obligations
    unasked = [duty for duty in duties if not duty.asks_owners]
    assert "actions" not in {fault.key for fault in missing(FILE.name, programme(), on=AT_CABINET, duties=duties)}
    told = {fault.key: fault.text for fault in missing(FILE.name, programme(), on=AT_CABINET, duties=unasked)}
    assert told["actions"].endswith("choose “actions-update” under “practices”.")


@pytest.mark.parametrize("on", [date(2026, 11, 30), date(2027, 6, 18)])
def test_the_demos_programme_lies_round_the_week_of_its_timeline_and_lacks_nothing(on: date) -> None:
    demo = load(TIMELINES / "demo.yaml", on=on)
    whole, faults = examine_programme(TIMELINES / "demo.yaml", demo, on=on)
    assert (faults, [*missing("", whole, on=on)] if whole else None) == ((), [])
    assert whole
    assert {standing(action, on=on).rag for action in whole.actions.values()} == {Rag.GREEN, Rag.AMBER}
    days = [value.on for measure in whole.measures.values() for value in measure.values]
    assert on - timedelta(days=14) < max(days) <= on
