"""Test facts beside each other in a file: their order, what they are about, and the end of the calendar."""

from pathlib import Path

import pytest

from tests.config.files import PACK, TIMELINE, broken, examined

RECEIVED = "{fact: report_received, on: 2019-08-21, known: 2019-08-21"


def test_a_date_of_law_past_the_calendar_is_an_error_with_its_provisional_day(tmp_path: Path) -> None:
    late = RECEIVED.replace("2019-08-21", "2028-09-22")
    told = examined(tmp_path, timeline=broken(TIMELINE, (RECEIVED, late))).told
    (error,) = (each for each in told if "lies past the calendar" in each)
    assert error.startswith(
        "council.yaml: facts[0].on: “The plan” lies past the calendar. Provisionally Wednesday 3 Jan"
    )
    assert "The bank holidays of 2029 are not known" in error


def test_what_the_law_counts_from_and_nobody_recorded_is_a_warning(tmp_path: Path) -> None:
    bound = "    readings: [{name: at the latest, rule: 70 working days after meeting, upper_bound: true}]\n"
    rule = "    rule: 70 working days after report_received\n"
    pack = broken(PACK, (rule, f"{rule}{bound}"))
    unknown = TIMELINE.replace("report_received", "meeting", 1)
    told = [each for each in examined(tmp_path, timeline=unknown, pack=pack).told if "is not recorded" in each]
    assert told == [
        "council.yaml: facts: “report_received” is not recorded, and the law counts from it: the latest that it can be "
        "is worked to for “The plan” (Tuesday 10 December 2019). Expected the day, as soon as it is known."
    ]
    assert not [each for each in examined(tmp_path, pack=pack).told if "is not recorded" in each]
    # Nobody works to the date of what is over.
    cancelled = "- {fact: cancelled, for: plan/1, on: 2019-08-26, by: Officer, source: letter}\n"
    told = examined(tmp_path, timeline=unknown + cancelled, pack=pack).told
    assert not [each for each in told if "is not recorded" in each]


NOTICE = """
  notice:
    title: A notice
    class: C
    kind: submission
    each: noticed
    ended_by: closed
    rule: 12 months after noticed
    basis: A letter
    status: local
    owner: officer
    ladder: usual
    milestones: {sent: {title: Sent, when: by legal, asks: Send it.}}
"""


def test_the_end_of_a_notice_says_which_where_there_are_several(tmp_path: Path) -> None:
    pack = broken(PACK, ("  meeting: A meeting\n", "  meeting: A meeting\n  noticed: Issued\n  closed: Closed\n"))
    noticed = "- {{fact: noticed, on: 2019-08-{day}, by: DfE, source: letter, for: notice/{n}}}\n"
    first, second = noticed.format(day=21, n=1), noticed.format(day=23, n=2)
    ended = "- {fact: closed, on: 2019-08-26, by: DfE, source: letter}\n"

    def warned(*facts: str) -> list[str]:
        told = examined(tmp_path, timeline=TIMELINE + "".join(facts), pack=pack + NOTICE).told
        return [each for each in told if "nothing else ended" in each]

    assert warned(first, second, ended) == [
        "council.yaml: facts[4].for: It ends each of notice/2, notice/1 that nothing else ended; expected which, such "
        "as notice/2."
    ]
    assert warned(first, ended) == warned(first, second, ended.replace("DfE", "DfE, for: notice/2")) == []


def test_a_fact_for_what_is_not_there_has_its_line(tmp_path: Path) -> None:
    held = "- {fact: held, for: plan/2, on: 2019-08-27, by: Officer, source: minutes}\n"
    (fault,) = examined(tmp_path, timeline=TIMELINE + held).faults
    assert (fault.key, fault.line) == ("facts[2].for", 11)
    assert fault.text == "There is no “plan/2”; expected an occurrence that the rules or the facts give."


def test_a_chain_names_facts(tmp_path: Path) -> None:
    order = "order:\n- [report_received, meting]\nposts:\n  chief"
    told = examined(tmp_path, pack=broken(PACK, ("posts:\n  chief", order))).told
    assert told == ["small.yaml: order[0]: There is no fact “meting”. Did you mean “meeting”?"]


def test_the_councils_own_committee_decides_in_place_of_the_packs(tmp_path: Path) -> None:
    own = """
committees:
  children: {title: Children's Committee, executive: false, meetings: [2019-10-08]}
sign_off: {by: [childen, children]}
"""
    signed = PACK.replace(
        "    rule: 70 working days after report_received\n",
        "    sign_off: cabinet\n    rule: 70 working days after report_received\n",
    )
    looked = examined(tmp_path, timeline=TIMELINE + own, pack=signed)
    assert looked.told == ["council.yaml: sign_off.by: There is no committee “childen”. Did you mean “children”?"]
    looked = examined(tmp_path, timeline=TIMELINE + own.replace("childen, ", ""), pack=signed)
    assert looked.timeline is not None
    assert looked.timeline.obligations[0].sign_off == "children"
    # Who agrees says that there is no executive, and the file may say so itself; then it names who agrees.
    assert (looked.timeline.council.executive, looked.timeline.council.sign_off.call_in_working_days) == (False, 0)
    alone = broken(TIMELINE, ("council: {", "council: {executive: false, "))
    assert "says which committees agree, the last of which decides" in examined(tmp_path, timeline=alone).told[0]


@pytest.mark.parametrize(
    ("committee", "executive", "warned"),
    [
        ("{title: Children's Committee, meetings: [2019-10-08]}", False, True),
        ("{title: Children's Committee, executive: false, meetings: [2019-10-08]}", False, False),
        ("{title: Policy Board, executive: true, meetings: [2019-10-08]}", True, False),
        ("{title: The Executive, meetings: [2019-10-08]}", True, False),
        ("{title: Cabinet Advisory Panel, meetings: [2019-10-08]}", False, True),
    ],
)
def test_a_committee_is_the_executive_only_by_its_word_or_its_name_and_what_is_unsaid_is_warned_of(
    tmp_path: Path, committee: str, executive: bool, warned: bool
) -> None:
    agrees = f"\ncommittees:\n  children: {committee}\nsign_off: {{by: children}}\n"
    looked = examined(tmp_path, timeline=TIMELINE + agrees)
    assert looked.timeline is not None
    (body,) = looked.timeline.council.committees
    assert (body.executive, looked.timeline.council.executive) == (executive, executive)
    assert bool([text for text in looked.told if "It is not said whether" in text]) is warned
