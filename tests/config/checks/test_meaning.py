"""Test whether a well-formed rule pack makes sense: each kind of fault is one sentence with its file and key."""

from pathlib import Path

import pytest

from config.timeline_files.faults import FaultLevel
from tests.config.files import FIRST_RUNG, PACK, broken, examined

LAST_RUNG = (
    "{rung: overdue, when: 1 working day after, to: [owner, line manager of owner], every: 2 working days, times: 3}"
)


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        # Rules
        (
            "rule: 70 working days after report_received",
            "rule: 70 working days after report_recieved",
            "obligations.plan.rule",
            "“report_recieved” is no fact, duty or milestone known here. Did you mean “report_received”?",
        ),
        (
            "when: 10 working days before due,",
            "when: 10 working days before publication,",
            "obligations.plan.milestones.draft.when",
            "“publication” is no fact, duty or milestone known here.",
        ),
        (
            "rule: 70 working days after report_received",
            "rule: seventy days after report_received",
            "obligations.plan.rule",
            "Rule “seventy days after report_received”: ",
        ),
        (
            "rule: 70 working days after report_received",
            "rule: 70 working days after 2019-02-30",
            "obligations.plan.rule",
            "expected a day that exists",
        ),
        (
            "rule: 70 working days after report_received",
            "rule: 70 working days after report_received or next working day",
            "obligations.plan.rule",
            "Only the council's own rule may move a date to a working day; this one is law.",
        ),
        (
            "rule: 70 working days after report_received",
            "rule: 9999 years after report_received",
            "obligations.plan.rule",
            "lies outside 1900 to 2199, expected a smaller number.",
        ),
        (
            "when: 10 working days before due,",
            "when: quarterly from due,",
            "obligations.plan.milestones.draft.when",
            "Rule “quarterly from due” gives many dates, expected one, such as “5 working days before due”.",
        ),
        (
            "rule: monthly on the 2nd tuesday from meeting",
            "rule: monthly on the 2nd tuesday",
            "obligations.panel.rule",
            "Rule “monthly on the 2nd tuesday” has no place to begin, expected “from” and a fact or a date.",
        ),
        (
            "    basis: Regulation 3\n",
            "    basis: Regulation 3\n    readings: [{name: stated, rule: by stated_due}]\n",
            "obligations.plan.readings[0].rule",
            "“stated_due” is no fact, duty or milestone known here.",
        ),
        # Circles
        (
            "rule: 70 working days after report_received",
            "rule: 70 working days after visit",
            "obligations",
            "The dates wait for each other: ",
        ),
        (
            "rule: 70 working days after report_received",
            "rule: 70 working days after plan",
            "obligations",
            "The dates wait for each other: plan -> plan.",
        ),
        (
            "    basis: Regulation 3\n",
            "    basis: Regulation 3\n    readings: [{name: other, rule: by visit}]\n",
            "obligations",
            "The dates wait for each other: ",
        ),
        (
            "when: 10 working days before due,",
            "when: 10 working days before draft,",
            "obligations.plan.milestones",
            "The dates wait for each other: draft -> draft.",
        ),
        # Names
        (
            "    owner: officer\n",
            "    owner: oficer\n",
            "obligations.plan.owner",
            "There is no post “oficer”. Did you mean “officer”?",
        ),
        (
            "asks: Draft it.",
            "asks: Draft it., owner: nobody",
            "obligations.plan.milestones.draft.owner",
            "There is no post “nobody”.",
        ),
        (
            "    ladder: usual\n",
            "    ladder: usal\n",
            "obligations.plan.ladder",
            "There is no ladder “usal”. Did you mean “usual”?",
        ),
        (
            "asks: Draft it.",
            "asks: Draft it., ladder: steep",
            "obligations.plan.milestones.draft.ladder",
            "There is no ladder “steep”.",
        ),
        (
            "confirmed_by: visit_confirmed",
            "confirmed_by: visit_agreed",
            "obligations.visit.confirmed_by",
            "There is no fact “visit_agreed”.",
        ),
        (
            "      draft: {",
            "      expected: {",
            "obligations.plan.milestones.expected",
            "“expected” means the first day on which it is expected already, expected another name.",
        ),
        (
            "      draft: {",
            "      meeting: {",
            "obligations.plan.milestones.meeting",
            "“meeting” means a fact or a duty already, expected another name.",
        ),
        ("  plan:\n", "  meeting:\n", "obligations.meeting", "A fact has the same name, expected another."),
        # Ladders
        (
            FIRST_RUNG,
            FIRST_RUNG.replace("first", "overdue"),
            "ladders.usual.rungs[2]",
            "The rung “overdue” stands twice; expected each name once.",
        ),
        (
            "when: 5 working days before",
            "when: five days before",
            "ladders.usual.rungs[0].when",
            "Found “five days before”, expected such as “5 working days before”",
        ),
        (
            "when: 5 working days before",
            "when: 0 working days before",
            "ladders.usual.rungs[0].when",
            "Found “0 working days before”, expected such as",
        ),
        (
            "when: 5 working days before",
            "when: 5 working days before at 24:61",
            "ladders.usual.rungs[0].when",
            "Found “5 working days before at 24:61”, expected such as",
        ),
        (
            "when: 5 working days before",
            "when: 5 working days before at 07:59",
            "ladders.usual.rungs[0].when",
            "07:59 is outside working hours.",
        ),
        (
            "when: 5 working days before, to: owner",
            "when: 5 working days before, to: ownr",
            "ladders.usual.rungs[0].to",
            "There is no post “ownr”.",
        ),
        (
            "to: [owner, line manager of owner]",
            "to: [owner, lead_member]",
            "ladders.usual.rungs[2].to",
            "Lead member is never an automatic rung; expected a post of the council's staff.",
        ),
        (
            "to: line manager of owner, unless: acknowledged",
            "to: director, unless: acknowledged",
            "ladders.usual.rungs[1].unless",
            "No answer alone never climbs above the line manager; expected “unless: done” for this rung.",
        ),
        (
            ", every: 2 working days, times: 3",
            ", times: 3",
            "ladders.usual.rungs[2].every",
            "A rung that repeats says how often: “2 working days”.",
        ),
        (
            ", times: 3",
            "",
            "ladders.usual.rungs[2].times",
            "A rung that repeats says how many times more, such as 3.",
        ),
        (
            FIRST_RUNG,
            FIRST_RUNG.replace("}", ", channels: [mail, pigeon]}"),
            "ladders.usual.rungs[0].channels",
            "There is no channel “pigeon”.",
        ),
        (
            LAST_RUNG,
            LAST_RUNG.replace("1 working day after", "1 working day before"),
            "ladders.usual.rungs",
            "The ladder ends silently; expected a last rung such as “1 working day after”.",
        ),
        # The ceiling of the class
        (
            "to: [owner, line manager of owner]",
            "to: [owner, director]",
            "obligations.panel.milestones.papers (ladder usual, rung overdue)",
            "The rung reaches Director (director), above the ceiling of class C; expected a post below it.",
        ),
        # Embargoes
        (
            "posts:\n",
            "embargoes: {draft_letter: {until: meeting, circulation: [director]}}\nposts:\n",
            "embargoes.draft_letter",
            "There is no fact “draft_letter”.",
        ),
        (
            "posts:\n",
            "embargoes: {report_received: {until: published, circulation: [director]}}\nposts:\n",
            "embargoes.report_received.until",
            "There is no fact “published”.",
        ),
        (
            "posts:\n",
            "embargoes: {report_received: {until: meeting, circulation: [directr]}}\nposts:\n",
            "embargoes.report_received.circulation",
            "There is no post “directr”. Did you mean “director”?",
        ),
    ],
)
def test_a_fault_of_the_rule_pack(tmp_path: Path, old: str, new: str, key: str, text: str) -> None:
    result = examined(tmp_path, pack=broken(PACK, (old, new)))
    assert result.timeline is None
    faults = [fault for fault in result.faults if fault.key == key]
    assert [fault for fault in faults if text in fault.text], result.told
    assert {(fault.file, fault.level) for fault in faults} == {("small.yaml", FaultLevel.ERROR)}
