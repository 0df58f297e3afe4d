"""Whether well-formed files make sense: each kind of fault is one sentence with its file and key."""

from pathlib import Path

import pytest

from config.faults import FaultLevel
from tests.config.files import PACK, TIMELINE, broken, found

LAST_RUNG = (
    "{rung: overdue, when: 1 working day after, to: [owner, line manager of owner], every: 2 working days, times: 3}"
)
FIRST_RUNG = "{rung: first, when: 5 working days before, to: owner, unless: acknowledged}"


def test_the_small_files_are_whole(tmp_path: Path) -> None:
    whole = found(tmp_path)
    assert whole.faults == ()
    assert whole.timeline is not None


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
            "Only a rule of status local may move a date to a working day; this one is secondary.",
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
    result = found(tmp_path, pack=broken(PACK, (old, new)))
    assert result.timeline is None
    faults = [fault for fault in result.faults if fault.key == key]
    assert [fault for fault in faults if text in fault.text], result.told
    assert {(fault.file, fault.level) for fault in faults} == {("small.yaml", FaultLevel.ERROR)}


@pytest.mark.parametrize(
    ("duty_class", "to", "refused"),
    [
        ("A", "chief_executive", False),
        ("B", "director", False),
        ("B", "chief_executive", True),
        ("C", "manager", False),
        ("C", "director", True),
        ("D", "line manager of owner", False),
        ("D", "manager", True),
    ],
)
def test_a_ladder_above_its_ceiling_is_refused(tmp_path: Path, duty_class: str, to: str, refused: bool) -> None:
    steep = broken(
        PACK,
        ("    class: A\n", f"    class: {duty_class}\n"),
        (
            "obligations:\n",
            f"  steep: {{rungs: [{FIRST_RUNG}, {{rung: up, when: 1 working day after, to: {to}}}]}}\nobligations:\n",
        ),
        ("asks: Draft it.", "asks: Draft it., ladder: steep"),
    )
    faults = [fault for fault in found(tmp_path, pack=steep).faults if "above the ceiling" in fault.text]
    assert [fault.key for fault in faults] == (
        ["obligations.plan.milestones.draft (ladder steep, rung up)"] if refused else []
    )


def test_a_line_manager_above_the_ceiling_is_refused_too(tmp_path: Path) -> None:
    managed_by_the_director = broken(PACK, ("line_manager: manager}", "line_manager: director}"))
    told = found(tmp_path, pack=managed_by_the_director).told
    assert len([one for one in told if "above the ceiling of class C" in one]) == 2  # both rungs to the line manager


def test_a_ladder_that_never_asks_its_owner_is_refused(tmp_path: Path) -> None:
    silent = PACK.replace("to: owner,", "to: line manager of owner,").replace("[owner, line manager", "[line manager")
    assert found(tmp_path, pack=silent).told == [
        "small.yaml: ladders.usual.rungs: No rung asks the owner, and nobody else is told before; expected one "
        "“to: owner”."
    ]


def test_an_urgent_rung_may_speak_outside_working_hours(tmp_path: Path) -> None:
    urgent = broken(PACK, ("when: 1 working day after, to:", "when: 1 working day after at 20:00, urgent: true, to:"))
    assert found(tmp_path, pack=urgent).faults == ()


FACT = "- {fact: meeting, on: 2019-09-03, known: 2019-08-27, by: Officer, source: paragraph 1.3}\n"


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        ("fact: meeting", "fact: meting", "facts[1].fact", "There is no fact “meting”. Did you mean “meeting”?"),
        (
            "on: 2019-09-03",
            "on: 2019-09-03, until: 2019-09-02",
            "facts[1].until",
            "2019-09-02 is before 2019-09-03; expected the last day of the event.",
        ),
        (
            "source: paragraph 1.3",
            "source: paragraph 1.3, restricted_until: 2019-09-01",
            "facts[1].circulation",
            "A restricted fact names the posts it may reach; none is given.",
        ),
        # Without this a circulation would be forgotten, and everybody told.
        (
            "source: paragraph 1.3",
            "source: paragraph 1.3, circulation: [director]",
            "facts[1].restricted_until",
            "A circulation holds until some day or instant; none is given.",
        ),
        (
            "source: paragraph 1.3",
            "source: paragraph 1.3, restricted_until: 2019-09-01, circulation: [directr]",
            "facts[1].circulation",
            "There is no post “directr”. Did you mean “director”?",
        ),
        # Without this one word would cancel, move or confirm everything.
        *(
            (
                FACT,
                f"{FACT}- {{fact: {name}, on: 2019-08-26, by: Officer, source: minute}}\n",
                "facts[2].for",
                "This fact is about one occurrence; expected which, such as “for: monitoring-visit/1”.",
            )
            for name in ("moved", "held", "cancelled", "visit_confirmed")
        ),
        *(
            (
                FACT,
                f"{FACT}- {{fact: moved, on: 2019-08-26, by: Officer, source: minute, for: {ref}}}\n",
                "facts[2].for",
                f"Found “{ref}”, expected an occurrence such as “monitoring-visit/1”.",
            )
            for ref in ("panel", "panel/0", "panel/one", "pannel/1", "panel/1/papers", "panel/12345")
        ),
        (
            "pack: small\n",
            "pack: small\nrules: {pannel: monthly on the 3rd tuesday from meeting}\n",
            "rules.pannel",
            "There is no duty “pannel”. Did you mean “panel”?",
        ),
        (
            "pack: small\n",
            "pack: small\nrules: {plan: 60 working days after report_received}\n",
            "rules.plan",
            "This rule is secondary (Regulation 3), so a council cannot replace it.",
        ),
        (
            "pack: small\n",
            "pack: small\nrules: {panel: sometimes}\n",
            "rules.panel",
            "Rule “sometimes”: ",
        ),
        (
            "pack: small\n",
            "pack: small\nrules: {panel: monthly on the 2nd tuesday}\n",
            "rules.panel",
            "has no place to begin",
        ),
        (
            "key: council,",
            "key: council, mail_at: 07:59,",
            "council.mail_at",
            "07:59 is outside working hours (08:00-18:00).",
        ),
        (
            "key: council,",
            "key: council, mail_at: '08:30Z',",
            "council.mail_at",
            "expected local time without an offset, such as 08:30.",
        ),
    ],
)
def test_a_fault_of_the_timeline(tmp_path: Path, old: str, new: str, key: str, text: str) -> None:
    result = found(tmp_path, timeline=broken(TIMELINE, (old, new)))
    assert result.timeline is None
    (fault,) = result.faults
    assert (fault.file, fault.key, fault.level) == ("council.yaml", key, FaultLevel.ERROR)
    assert text in fault.text


def test_a_council_may_replace_what_is_its_own_practice(tmp_path: Path) -> None:
    own = broken(TIMELINE, ("pack: small\n", "pack: small\nrules: {panel: every 6 weeks from 2019-10-22}\n"))
    result = found(tmp_path, timeline=own)
    assert result.faults == ()
    assert result.timeline is not None
    assert {one.key: one.rule for one in result.timeline.obligations}["panel"] == "every 6 weeks from 2019-10-22"


def test_a_rule_of_its_own_can_close_a_circle_too(tmp_path: Path) -> None:
    own = broken(TIMELINE, ("pack: small\n", "pack: small\nrules: {panel: 1 week after panel}\n"))
    assert "The dates wait for each other: panel -> panel." in found(tmp_path, timeline=own).told[0]


@pytest.mark.parametrize("clock", ["08:00", "08:30", "18:00"])
def test_the_daily_mail_may_leave_at_any_working_hour(tmp_path: Path, clock: str) -> None:
    assert (
        found(tmp_path, timeline=broken(TIMELINE, ("key: council,", f"key: council, mail_at: {clock},"))).faults == ()
    )


def test_a_date_to_come_says_since_when_it_is_known(tmp_path: Path) -> None:
    silent = broken(TIMELINE, ("on: 2019-09-03, known: 2019-08-27", "on: 2019-09-03"))
    result = found(tmp_path, timeline=silent)
    assert result.timeline is not None
    assert [(fault.key, fault.level, fault.text) for fault in result.faults] == [
        (
            "facts[1].known",
            FaultLevel.WARNING,
            "Nothing counts from it before Tuesday 3 September 2019; expected since when it is known.",
        )
    ]
    past = broken(TIMELINE, ("on: 2019-08-21, known: 2019-08-21", "on: 2019-08-21"))
    assert found(tmp_path, timeline=past).faults == ()
