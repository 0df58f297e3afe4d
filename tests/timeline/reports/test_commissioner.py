"""Ask the report to the commissioner: each step with its evidence, and what was promised and kept, counted again."""

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

from tests.support.programmes import medways
from tests.support.reports import LIVE_FROM, done_on, lived, situation, table, words
from tests.timeline.reports.source_facts import PERSONS
from timeline.calendar.wording import few
from timeline.definitions.duties import DutyClass
from timeline.planning.occurrences import Milestone
from timeline.programme.inspection import Instruction
from timeline.programme.papers import Evidence
from timeline.reports.commissioner import commissioner
from timeline.reports.document import Report
from timeline.reports.situation import plain_date

ON = date(2019, 11, 29)


@cache
def report() -> Report:
    return commissioner(situation(medways(), on=ON, work=lived(ON)))


def fallen_due() -> list[tuple[Milestone, str]]:
    """Count again from the story: each task of ours with what became of it by the day; what is to come is left out."""
    fallen = []
    for occurrence in lived(ON).occurrences:
        for task in occurrence.milestones:
            done, last_on = done_on(task), max(filter(None, (task.due_on, task.legal_on)), default=None)
            is_done = done is not None and done <= ON
            is_history = task.due_on is not None and task.due_on < LIVE_FROM
            if last_on is None or last_on > ON or is_history or not task.ours or (task.closed_because and not is_done):
                continue
            if is_done and done:
                fallen.append((task, "by" if done <= last_on else "late"))
            elif last_on < ON:
                fallen.append((task, "not"))
    return fallen


def test_every_number_of_what_was_promised_equals_a_recount_and_a_small_one_is_not_told() -> None:
    told = {row[0]: row[1:] for row in table(report(), "Promises by duty")}
    again: dict[str, Counter[str]] = {}
    for task, became in fallen_due():
        again.setdefault(task.duty, Counter())[became] += 1
    assert told == {
        duty: (few(became.total()), few(became["by"]), few(became["late"]), few(became["not"]))
        for duty, became in again.items()
    }
    assert {"fewer than 5", "0"} < {cell for row in told.values() for cell in row}
    every = Counter(became for _, became in fallen_due())
    assert min(every.values()) >= 5
    said = (
        f"{every.total()} tasks fell due: {every['by']} done by the day, {every['late']} late, {every['not']} not done."
    )
    assert said in words(report())


def test_what_was_missed_or_late_stands_beside_its_reason_and_the_way_back() -> None:
    rows = table(report(), "Late or not done, of submissions, decisions and visits")
    high = [task for task, became in fallen_due() if became != "by" and task.duty_class in (DutyClass.A, DutyClass.B)]
    assert sorted(row[0] for row in rows) == sorted(task.title for task in high)
    assert all(what and recovery for *_, what, recovery in rows)
    (open_,) = {row[4] for row in rows if not row[3].startswith("Done on ")}
    assert open_ == "Nobody has said when it will be done."
    assert all(row[4] == "It is done." for row in rows if row[3].startswith("Done on "))


def test_the_action_plan_stands_among_the_submissions_with_its_day_and_its_law() -> None:
    rows = {row[0]: row[1:] for row in table(report(), "Submissions of law and direction")}
    due, state, basis = rows["Action plan submitted to Ofsted and the Secretary of State"]
    assert (due, basis) == (
        "28 November 2019",
        "Education and Inspections Act 2006 s.137(3) and (4); SI 2007/462 reg 3",
    )
    assert state in ("Not done", "Done by its day, on 28 November 2019, no second person has confirmed it")


def test_each_step_shows_what_was_asked_what_was_brought_and_what_is_missing() -> None:
    programme = medways()
    step = programme.steps["step-1"]
    given = Instruction(
        given_on=date(2019, 9, 9), text="Fill the posts.", complied="", complied_on=None, source="letter"
    )
    later = replace(given, given_on=date(2019, 12, 2), text="Later.")
    brought = Evidence(
        key="audit",
        title="Audit of October",
        on=date(2019, 10, 31),
        owner="director",
        expires_on=None,
        link="",
        source="",
    )
    steps = {
        **programme.steps,
        "step-1": replace(step, instructions=(given, later), evidence=("audit",), views=("Keep the service.",)),
    }
    stated = replace(programme, steps=steps, evidence={"audit": brought})
    text = words(commissioner(situation(stated, on=ON, work=lived(ON))))
    assert "9 September 2019 | Fill the posts. | Not complied with yet." in text
    assert "Audit of October, of 31 October 2019." in text
    assert "Keep the service." in text
    assert "Later." not in text
    assert "No evidence is recorded for step 2." in text
    assert text.count("No evidence is recorded for step") == 3


def test_every_area_and_measure_stands_in_it_by_post_and_never_by_person() -> None:
    text, programme = words(report()), medways()
    assert [area.title for area in programme.areas.values() if area.title not in text] == []
    assert [risk.title for risk in programme.risks.values() if risk.title not in text] == []
    assert [measure.title for measure in programme.measures.values() if measure.title not in text] == []
    assert [name for name in PERSONS if name in text] == []
    assert f"As known on {plain_date(ON)}. Audit record 12" in report().footer
    assert report().head[-1] == ("As known on", "29 November 2019")
    assert "What is missing" in text
