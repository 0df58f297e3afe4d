"""Test what a council changes in its rule pack, adds to it and switches off."""

from datetime import date, datetime
from pathlib import Path

import pytest

from config.timeline_files.faults import FaultLevel
from tests.config.files import PACK, TIMELINE, broken, examined
from timeline.calendar.london import LONDON
from timeline.definitions.absences import Absence
from timeline.definitions.council import Committee, CouncilTimeline, Period, SignOff
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import PROCLAIMED

LISTS = ("ladders:\n", "lists: {recipients: [Partners, Newspaper]}\nladders:\n")
CHECKED = ("asks: Draft it.", "asks: Draft it., checklist: recipients")
OWN_DUTY = """
obligations:
  forum:
    title: The forum
    class: D
    kind: meeting
    rule: monthly on the 1st monday from meeting
    basis: Council practice
    status: local
    owner: officer
    ladder: usual
    milestones:
      agenda: {title: Agenda, when: 3 working days before due, asks: Send it.}
"""


def usable(folder: Path, added: str, pack: str = PACK) -> CouncilTimeline:
    result = examined(folder, timeline=TIMELINE + added, pack=pack)
    assert result.faults == ()
    assert result.timeline is not None
    return result.timeline


def duty(timeline: CouncilTimeline, key: str) -> Obligation:
    return next(obligation for obligation in timeline.obligations if obligation.key == key)


# Used


def test_a_council_says_which_tasks_a_second_person_confirms(tmp_path: Path) -> None:
    timeline = usable(tmp_path, "confirm: {plan/draft: false, visit/data: true}")
    said = {(duty.key, task.key): task.confirm for duty in timeline.obligations for task in duty.milestones}
    assert (said["plan", "draft"], said["visit", "data"], said["plan", "sent"]) == (False, True, None)


@pytest.mark.parametrize(
    ("written", "key", "text"),
    [
        ("{plan: false}", "confirm.plan", "A second person confirms a task; expected such as “action-plan/draft”."),
        ("{plan/nothing: true}", "confirm.plan/nothing", "“nothing”"),
        ("{nothing/draft: true}", "confirm.nothing/draft", "“nothing”"),
    ],
)
def test_what_a_council_cannot_say_of_a_second_person_is_a_fault(
    tmp_path: Path, written: str, key: str, text: str
) -> None:
    (fault,) = examined(tmp_path, timeline=f"{TIMELINE}confirm: {written}\n").faults
    assert (fault.key, text in fault.text) == (key, True)


def test_what_the_law_asks_of_class_a_is_always_confirmed(tmp_path: Path) -> None:
    law = ("asks: Send it.}", "asks: Send it., status: secondary, basis: Regulation 3}")
    text = "This is asked of class A by law (Regulation 3), so a second person confirms it."
    (fault,) = examined(tmp_path, timeline=f"{TIMELINE}confirm: {{plan/sent: false}}\n", pack=PACK.replace(*law)).faults
    assert (fault.key, fault.text) == ("confirm.plan/sent", text)
    (fault,) = examined(tmp_path, pack=PACK.replace(law[0], f"{law[1][:-1]}, confirm: false}}")).faults
    assert (fault.key, fault.text) == ("obligations.plan.milestones.sent.confirm", text)


def test_a_checklist_is_that_of_the_pack_unless_the_council_has_its_own(tmp_path: Path) -> None:
    pack = broken(PACK, LISTS, CHECKED)
    assert duty(usable(tmp_path, "", pack), "plan").milestones[0].checklist == ("Partners", "Newspaper")
    own = usable(tmp_path, "lists: {recipients: [Radio]}\n", pack)
    assert duty(own, "plan").milestones[0].checklist == ("Radio",)


def test_a_council_adds_a_duty_with_a_ladder_and_a_fact_of_its_own(tmp_path: Path) -> None:
    ladder = (
        "{rungs: [{rung: on-the-day, when: on the day, to: owner}, {rung: late, when: 1 working day after, to: owner}]}"
    )
    added = OWN_DUTY.replace("ladder: usual", "ladder: gentle").replace("from meeting", "from first_forum")
    timeline = usable(tmp_path, f"{added}ladders: {{gentle: {ladder}}}\nfact_names: {{first_forum: The first forum}}\n")
    assert (duty(timeline, "forum").rule, duty(timeline, "forum").milestones[0].ladder.key) == (
        "monthly on the 1st monday from first_forum",
        "gentle",
    )


def test_a_local_duty_and_a_local_task_take_the_rules_of_the_council(tmp_path: Path) -> None:
    timeline = usable(
        tmp_path, "rules: {panel: monthly on the 1st monday from meeting, panel/papers: 4 working days before due}\n"
    )
    panel = duty(timeline, "panel")
    assert (panel.rule, panel.milestones[0].when) == (
        "monthly on the 1st monday from meeting",
        "4 working days before due",
    )


def test_a_duty_that_is_switched_off_is_gone_and_one_from_law_is_warned_of(tmp_path: Path) -> None:
    assert "panel" not in {duty.key for duty in usable(tmp_path, "off: {panel: another board does it}\n").obligations}
    result = examined(tmp_path, timeline=TIMELINE + "off: {plan: sent already., visit: none comes}\n")
    assert result.timeline is not None
    assert [(fault.level, str(fault)) for fault in result.faults] == [
        (
            FaultLevel.WARNING,
            "council.yaml: off.plan: This duty comes from law (Regulation 3), and nobody will be reminded of it: sent "
            "already.",
        )
    ]


def test_committees_sign_off_periods_absences_and_the_regime_reach_the_heart(tmp_path: Path) -> None:
    away = TIMELINE.replace("holds: officer}", "holds: officer, absent: [{from: 2019-10-01, until: 2019-10-04}]}")
    added = """
committees: {cabinet: {title: Cabinet, meetings: [2019-09-24, 2019-09-03]}}
sign_off: {call_in: 4 working days, notice: 29 days}
pre_election_periods: [{name: General election, from: 2019-11-06, until: 2019-12-12}]
regime: {since: 2019-08-27, because: all four judgements}
"""
    timeline = examined(tmp_path, timeline=away + added).timeline
    assert timeline is not None
    council = timeline.council
    assert council.committees == (
        Committee(key="cabinet", title="Cabinet", meetings=(date(2019, 9, 3), date(2019, 9, 24))),
    )
    assert council.sign_off == SignOff(call_in_working_days=4, notice_days=29)
    assert council.pre_election_periods == (
        Period(name="General election", from_on=date(2019, 11, 6), until_on=date(2019, 12, 12)),
    )
    assert (council.regime_since, council.regime_because) == (date(2019, 8, 27), "all four judgements")
    assert timeline.directory.absences == (
        Absence(person="anna", from_on=date(2019, 10, 1), until_on=date(2019, 10, 4)),
    )


def test_a_bank_holiday_that_was_known_late_is_a_fact_and_one_without_a_day_was_always_known(tmp_path: Path) -> None:
    late = "{on: 2019-11-18, name: Thanksgiving, source: Proclamation, known: 2019-11-08}"
    timeline = usable(tmp_path, f"proclaimed_bank_holidays: [{late}, {{on: 2019-11-25, name: Other, source: Act}}]\n")
    (fact,) = (each for each in timeline.facts if each.name == PROCLAIMED)
    assert (fact.on, fact.called, fact.source) == (date(2019, 11, 18), "Thanksgiving", "Proclamation")
    assert fact.known_at == datetime(2019, 11, 8, tzinfo=LONDON)
    assert timeline.proclaimed_bank_holidays == {date(2019, 11, 25): "Other"}


@pytest.mark.parametrize("name", ["proclaimed_bank_holiday", "regime_ended"])
def test_every_pack_knows_the_facts_that_none_may_forget(tmp_path: Path, name: str) -> None:
    recorded = f"- {{fact: {name}, on: 2019-08-20, by: Officer, source: letter}}\n"
    assert name in {fact.name for fact in usable(tmp_path, recorded).facts}


# Refused


@pytest.mark.parametrize(
    ("added", "key", "text"),
    [
        ("off: {plann: no}", "off.plann", "There is no duty “plann”. Did you mean “plan”?"),
        (
            "off: {plan: no}",
            "off.plan",
            "“visit” counts from this duty; expected it switched off too, or another rule.",
        ),
        (
            "rules: {plan: 60 working days after report_received}",
            "rules.plan",
            "This rule is law (Regulation 3), so a council cannot replace it.",
        ),
        ("rules: {panel/paper: by due}", "rules.panel/paper", "There is no task “paper”. Did you mean “papers”?"),
        ("rules: {panel/papers: 3 days before do}", "rules.panel/papers", "“do” is no fact, duty or milestone"),
        ("rules: {panel/papers: quarterly from due}", "rules.panel/papers", "gives many dates, expected one"),
        (OWN_DUTY.replace("forum:", "panel:"), "obligations.panel", "to replace its rule write “rules: {panel: …}”"),
        (OWN_DUTY.replace("forum:", "meeting:"), "obligations.meeting", "A fact has the same name"),
        (
            OWN_DUTY.replace("status: local", "status: verified"),
            "obligations.forum.status",
            "Found “verified”, expected “local”: what a council adds itself is its own practice.",
        ),
        (OWN_DUTY.replace("usual", "usal"), "obligations.forum.ladder", "There is no ladder “usal”."),
        (
            OWN_DUTY.replace("owner: officer", "owner: officer\n    sign_off: board"),
            "obligations.forum.sign_off",
            "There is no committee “board”.",
        ),
        (
            OWN_DUTY.replace("owner: officer", "owner: officer\n    each: meeting"),
            "obligations.forum.rule",
            "gives many dates, expected one",
        ),
        ("fact_names: {meeting: Another}", "fact_names.meeting", "The rule pack knows a fact of this name"),
        (
            "ladders: {usual: {rungs: [{rung: a, when: 1 working day after, to: owner}]}}",
            "ladders.usual",
            "The rule pack has a ladder of this name, expected another.",
        ),
        (
            "ladders: {short: {rungs: [{rung: a, when: on the day, to: owner}]}}",
            "ladders.short.rungs",
            "The ladder ends silently",
        ),
        ("committees: {cabinet: {title: Cabinet}}", "committees.cabinet", "It never meets"),
        (
            "committees: {cabinet: {title: Cabinet, calendar: none.ics}}",
            "committees.cabinet.calendar",
            "There is no file “none.ics” beside this one",
        ),
        (
            "pre_election_periods: [{name: E, from: 2019-12-12, until: 2019-11-06}]",
            "pre_election_periods[0].until",
            "2019-11-06 is before 2019-12-12; expected the last day, included.",
        ),
    ],
)
def test_what_a_council_may_not_do_is_told(tmp_path: Path, added: str, key: str, text: str) -> None:
    result = examined(tmp_path, timeline=f"{TIMELINE}{added}\n")
    assert result.timeline is None
    faults = [fault for fault in result.faults if fault.key == key and text in fault.text]
    assert [(fault.file, fault.level) for fault in faults] == [("council.yaml", FaultLevel.ERROR)], result.told


def test_a_list_that_is_not_there_and_a_fact_of_each_without_its_occurrence_are_told(tmp_path: Path) -> None:
    unlisted = examined(tmp_path, pack=broken(PACK, CHECKED)).told
    assert unlisted == ["small.yaml: obligations.plan.milestones.draft.checklist: There is no list “recipients”."]
    one_each = broken(PACK, ("    confirmed_by: visit_confirmed\n", ""), ("quarterly from plan", "by plan"))
    one_each = broken(one_each, ("    basis: Handbook\n", "    basis: Handbook\n    each: visit_confirmed\n"))
    fact = "- {fact: visit_confirmed, on: 2019-08-20, by: Officer, source: letter}\n"
    assert examined(tmp_path, timeline=TIMELINE + fact, pack=one_each).told == [
        "council.yaml: facts[2].for: This fact is about one occurrence; expected which, such as “for: visit/1”."
    ]
