"""Test that an update adds to a record, overwrites nothing, and is told in its history."""

from datetime import date
from decimal import Decimal

from tests.support.programmes import medways
from tests.timeline.literals import at, day
from timeline.escalation.rag import Rag
from timeline.programme.actions import Progress, Rebase, Update, standing
from timeline.programme.as_known import as_known
from timeline.programme.bodies import Meeting
from timeline.programme.gaps import gaps
from timeline.programme.history import history
from timeline.programme.measures import Value
from timeline.programme.papers import Evidence
from timeline.programme.programme import Programme
from timeline.programme.risks import Assessment, Rating
from timeline.programme.updates import Part, RecordUpdate, updated

ON, LATER = day("Mon 7 Oct 2019"), day("Fri 29 Nov 2019")
PLAN = "actions.action-plan"


def update(record: str, part: Part, when: str = "Mon 7 Oct 2019 10:00") -> RecordUpdate:
    return RecordUpdate(record=record, part=part, at=at(when), who="Kim Lane")


def with_updates(*parts: tuple[str, Part]) -> Programme:
    return updated(medways(), [update(*part) for part in parts])


def said(progress: Progress, on: date = ON, why: str = "") -> Update:
    return Update(on=on, by="head_of_improvement", progress=progress, percent=40, why=why)


def test_an_update_stands_beside_what_the_file_states_in_the_order_of_the_days() -> None:
    late, early = said(Progress.SLIPPING, LATER), said(Progress.ON_TRACK)
    action = with_updates((PLAN, late), (PLAN, early)).actions["action-plan"]
    assert action.updates == (early, late)
    assert medways().actions["action-plan"].updates == ()
    assert with_updates((PLAN, early), (PLAN, early)).actions["action-plan"].updates == (early,)
    assert with_updates(("actions.gone", early)) == medways()


def test_a_new_date_that_was_agreed_turns_no_red_green() -> None:
    on_track = said(Progress.ON_TRACK, LATER)
    moved = Rebase(on=LATER, by="director", due_on=day("Thu 19 Dec 2019"), why="The panel asked for more.")
    late = standing(with_updates((PLAN, on_track)).actions["action-plan"], on=LATER)
    agreed = standing(with_updates((PLAN, on_track), (PLAN, moved)).actions["action-plan"], on=LATER)
    assert (late.rag, late.moved) == (Rag.RED, "")
    assert (agreed.rag, agreed.moved) == (Rag.AMBER, "Was due Thu 28 Nov 2019, re-based to Thu 19 Dec 2019.")


def test_a_risk_takes_a_rating_a_mitigation_and_its_next_review() -> None:
    again = Assessment(
        on=ON, by="director", rating=Rating("C", 2), mitigation="A weekly call.", review_on=day("Mon 4 Nov 2019")
    )
    risk = with_updates(("risks.late-actions", again)).risks["late-actions"]
    before = day("Sun 6 Oct 2019")
    assert (risk.assessed(ON), risk.trend(ON), risk.trend(before)) == (again, -1, 0)
    assert (len(risk.done_about(before)), risk.done_about(ON)[-1]) == (1, "A weekly call.")
    assert (risk.next_review_on(before), risk.next_review_on(ON)) == (None, day("Mon 4 Nov 2019"))


def test_what_was_entered_fills_the_gaps_and_leaves_them_open_on_days_before() -> None:
    value = Value(on=ON, by="performance_lead", number=Decimal(9))
    given = with_updates(("measures.assessment-posts", value))
    asked = day("Fri 1 Nov 2019")
    assert "measures.assessment-posts" in {gap.key for gap in gaps(medways(), on=asked)}
    assert "measures.assessment-posts" not in {gap.key for gap in gaps(given, on=asked)}
    assert as_known(given, on=day("Sun 6 Oct 2019")) == as_known(medways(), on=day("Sun 6 Oct 2019"))


def test_evidence_is_tied_to_its_action_and_newer_evidence_takes_its_place() -> None:
    first = Evidence(key="minutes", title="Minutes", on=ON, owner="director", expires_on=None, link="", source="a page")
    newer = Evidence(**{**vars(first), "on": LATER})
    given = with_updates((PLAN, first), ("evidence.minutes", newer))
    assert (given.actions["action-plan"].evidence, given.evidence["minutes"]) == (("minutes",), newer)
    told = history(given, "evidence.minutes", [update(PLAN, first), update("evidence.minutes", newer)])
    assert [each.on for each in told] == [LATER, ON]


def test_a_history_tells_who_said_it_who_entered_it_and_what_the_file_states() -> None:
    slips = update(PLAN, said(Progress.SLIPPING, why="The chair is not appointed."))
    (told,) = history(updated(medways(), [slips]), PLAN, [slips])
    assert told.words == ("Slipping, 40 % done.", "The chair is not appointed.")
    assert (told.on, told.by, told.entered_by, told.entered_at) == (ON, "head_of_improvement", "Kim Lane", slips.at)
    (stated,) = history(medways(), "measures.assessment-caseloads", [])
    assert stated.words[0] == "Down by 20 % since the inspection."
    assert (stated.entered_by, stated.entered_at) == ("", None)
    held = update("bodies.improvement-board", Meeting(on=ON, attended=9, decisions=("The chair stays.",), source="x"))
    (met,) = history(updated(medways(), [held]), "bodies.improvement-board", [held])
    assert met.words == ("It took place.", "9 came.", "Decided: The chair stays.")
