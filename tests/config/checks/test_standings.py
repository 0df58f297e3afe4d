"""Test that each rule says its kind and its certainty, and what follows: what is law, what a council may replace."""

from pathlib import Path

import pytest

from tests.config.files import PACK, TIMELINE, broken, examined
from timeline.definitions.standing import Certainty, RuleKind, Standing, standing_of

TEXTS = """texts:
  handbook: {provision: The handbook, says: Visits each quarter., known_by: reported by a council}
  reg-3: {provision: Regulation 3, says: Within 70 working days., read: 2026-11-30}
"""
WITH_TEXTS = ("ladders:\n", f"{TEXTS}ladders:\n")
VISIT = ("    status: observed\n", "    rule_kind: framework\n    certainty: observed\n    texts: [handbook]\n")
PLAN = ("    status: secondary\n", "    rule_kind: law\n    certainty: verified\n    texts: [reg-3]\n")
OWN = """obligations:
  forum:
    title: Forum
    class: D
    kind: session
    rule: monthly on the 1st monday from meeting
    basis: Council practice
    rule_kind: practice
    certainty: verified
    owner: officer
    ladder: usual
    milestones:
      note: {title: Note, when: by due, completes: true, asks: Write it.}
"""


def standings(folder: Path, added: str = "", pack: str = PACK) -> dict[str, Standing]:
    result = examined(folder, timeline=TIMELINE + added, pack=pack)
    assert result.timeline is not None, result.faults
    return {duty.key: duty.standing for duty in result.timeline.obligations}


@pytest.mark.parametrize(
    ("status", "basis", "kind", "certainty"),
    [
        ("verified", "SI 2007/462 reg 2", RuleKind.LAW, Certainty.VERIFIED),
        ("secondary", "Regulation 3", RuleKind.LAW, Certainty.SECONDARY),
        ("verified", "The statutory direction (report 4.3)", RuleKind.DIRECTION, Certainty.VERIFIED),
        ("verified", "Ofsted's handbooks of 2016 and 2017", RuleKind.FRAMEWORK, Certainty.VERIFIED),
        ("observed", "Dated cases", RuleKind.FRAMEWORK, Certainty.OBSERVED),
        ("local", "Council practice, beside SI 2007/462", RuleKind.PRACTICE, Certainty.INFERRED),
    ],
)
def test_an_old_status_is_read_as_kind_and_certainty(
    status: str, basis: str, kind: RuleKind, certainty: Certainty
) -> None:
    assert standing_of(status, basis) == Standing(kind, certainty)


def test_a_pack_in_the_old_form_and_in_the_new_one_give_the_same(tmp_path: Path) -> None:
    new = broken(PACK, WITH_TEXTS, VISIT, PLAN)
    assert standings(tmp_path)["plan"] == Standing(RuleKind.LAW, Certainty.SECONDARY)
    assert standings(tmp_path, pack=new)["plan"] == Standing(RuleKind.LAW, Certainty.VERIFIED)
    assert standings(tmp_path)["visit"] == standings(tmp_path, pack=new)["visit"]


def test_only_what_binds_cannot_be_replaced_and_what_is_replaced_is_the_councils_own(tmp_path: Path) -> None:
    added = "rules: {visit: quarterly from meeting}\n"
    result = examined(tmp_path, timeline=TIMELINE + added, pack=broken(PACK, WITH_TEXTS, VISIT, PLAN))
    assert result.faults == ()
    duties = result.timeline.obligations if result.timeline else ()
    visit = next(duty for duty in duties if duty.key == "visit")
    assert (visit.rule, visit.texts, visit.has_legal_date) == ("quarterly from meeting", (), False)
    assert visit.standing == Standing(RuleKind.PRACTICE, Certainty.VERIFIED)
    assert visit.basis == "The council's own rule, in place of: Handbook"


@pytest.mark.parametrize(
    ("changes", "key", "text"),
    [
        ([("    status: local\n", "")], "obligations.panel.rule_kind", "This key is missing; expected one of law, "),
        ([(VISIT[0], VISIT[1].replace("framework", "rumour"))], "obligations.visit.rule_kind", "Found “rumour”, "),
        ([(VISIT[0], VISIT[1].replace("observed", "sure"))], "obligations.visit.certainty", "Found “sure”, expected "),
        ([(VISIT[0], "    rule_kind: practice\n")], "obligations.visit.certainty", "This key is missing; "),
        ([(VISIT[0], "    certainty: observed\n")], "obligations.visit.rule_kind", "This key is missing; "),
        ([(VISIT[0], VISIT[0] + VISIT[1])], "obligations.visit.status", "“rule_kind” and “certainty” stand in its"),
        ([VISIT, ("texts: [handbook]", "texts: [hanbook]")], "obligations.visit.texts[0]", "Did you mean “handbook”?"),
        (
            [VISIT, ("    texts: [handbook]\n", "")],
            "obligations.visit.texts",
            "expected the texts of what is framework",
        ),
        ([VISIT, ("certainty: observed", "certainty: verified")], "obligations.visit.certainty", "nobody has read The"),
    ],
)
def test_a_fault_in_what_a_rule_says_of_itself(
    tmp_path: Path, changes: list[tuple[str, str]], key: str, text: str
) -> None:
    faults = examined(tmp_path, pack=broken(PACK, WITH_TEXTS, *changes)).faults
    assert any(fault.key == key and text in fault.text for fault in faults), faults


def test_a_council_adds_practice_and_promises_and_is_told_the_line_of_anything_else(tmp_path: Path) -> None:
    assert standings(tmp_path, OWN)["forum"] == Standing(RuleKind.PRACTICE, Certainty.VERIFIED)
    promised = OWN.replace("rule_kind: practice", "rule_kind: promise")
    assert standings(tmp_path, promised)["forum"].kind is RuleKind.PROMISE
    faults = examined(tmp_path, timeline=TIMELINE + OWN.replace("rule_kind: practice", "rule_kind: law")).faults
    (fault,) = (fault for fault in faults if fault.key == "obligations.forum.rule_kind")
    assert fault.text.startswith("Found “law”, expected “practice” or “promise”")
    assert "rule_kind: law" in (tmp_path / "council.yaml").read_text().splitlines()[fault.line - 1]


def test_a_list_belongs_to_the_edition_in_force_when_the_inspection_began(tmp_path: Path) -> None:
    editions = "editions: {parts: [{from: 2018-01-01, items: [Overall]}, {from: 2023-01-01, items: [Care leavers]}]}\n"
    pack = broken(
        PACK, ("ladders:\n", f"{editions}ladders:\n"), ("asks: Draft it.}", "asks: Draft it., checklist: parts}")
    )
    pack = pack.replace("  meeting: A meeting\n", "  meeting: A meeting\n  inspection: The inspection\n")
    for began, expected in (("2016-02-01", "Overall"), ("2022-12-31", "Overall"), ("2023-01-01", "Care leavers")):
        fact = f"- {{fact: inspection, on: {began}, by: Ofsted, source: letter}}\n"
        timeline = examined(tmp_path, timeline=TIMELINE + fact, pack=pack).timeline
        assert timeline is not None
        assert timeline.obligations[0].milestones[0].checklist == (expected,)
