"""Test whether a well-formed timeline makes sense: each kind of fault is one sentence with its file and key."""

from pathlib import Path

import pytest

from config.timeline_files.faults import FaultLevel
from tests.config.files import TIMELINE, broken, examined

FACT = "- {fact: meeting, on: 2019-09-03, known: 2019-08-27, by: Officer, source: paragraph 1.3}\n"


def test_the_small_files_are_whole(tmp_path: Path) -> None:
    whole = examined(tmp_path)
    assert whole.faults == ()
    assert whole.timeline is not None


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
                f"This fact is about one occurrence; expected which, such as “for: {such}/1”.",
            )
            for names, such in (("moved held cancelled", "monitoring-visit"), ("visit_confirmed", "visit"))
            for name in names.split()
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
            "This rule is law (Regulation 3), so a council cannot replace it.",
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
            "pack: small\n",
            "pack: small\nrules: {panel: 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 from meeting'}\n",
            "rules.panel",
            "never comes, expected days that a year has, such as “RRULE:",
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
        (
            "key: council,",
            "key: council, working_hours: 09:00-17:00,",
            "council.mail_at",
            "08:30 is outside working hours (09:00-17:00).",
        ),
        (
            "key: council,",
            "key: council, working_hours: 08:30-18:30,",
            "council.working_hours",
            "08:30-18:30 is not within the hours of the house (08:00-18:00), in which alone messages leave.",
        ),
        (
            "key: council,",
            "key: council, working_hours: nine to five,",
            "council.working_hours",
            "Working hours “nine to five” were not understood: expected such as 08:00-18:00.",
        ),
    ],
)
def test_a_fault_of_the_timeline(tmp_path: Path, old: str, new: str, key: str, text: str) -> None:
    result = examined(tmp_path, timeline=broken(TIMELINE, (old, new)))
    assert result.timeline is None
    (fault,) = result.faults
    assert (fault.file, fault.key, fault.level) == ("council.yaml", key, FaultLevel.ERROR)
    assert text in fault.text


def test_a_council_may_replace_what_is_its_own_practice(tmp_path: Path) -> None:
    own = broken(TIMELINE, ("pack: small\n", "pack: small\nrules: {panel: every 6 weeks from 2019-10-22}\n"))
    result = examined(tmp_path, timeline=own)
    assert result.faults == ()
    assert result.timeline is not None
    assert {duty.key: duty.rule for duty in result.timeline.obligations}["panel"] == "every 6 weeks from 2019-10-22"


def test_a_rule_of_its_own_can_close_a_circle_too(tmp_path: Path) -> None:
    own = broken(TIMELINE, ("pack: small\n", "pack: small\nrules: {panel: 1 week after panel}\n"))
    assert "The dates wait for each other: panel -> panel." in examined(tmp_path, timeline=own).told[0]


@pytest.mark.parametrize("clock", ["08:00", "08:30", "18:00"])
def test_the_daily_mail_may_leave_at_any_working_hour(tmp_path: Path, clock: str) -> None:
    assert (
        examined(tmp_path, timeline=broken(TIMELINE, ("key: council,", f"key: council, mail_at: {clock},"))).faults
        == ()
    )


def test_a_date_to_come_says_since_when_it_is_known(tmp_path: Path) -> None:
    silent = broken(TIMELINE, ("on: 2019-09-03, known: 2019-08-27", "on: 2019-09-03"))
    result = examined(tmp_path, timeline=silent)
    assert result.timeline is not None
    assert [(fault.key, fault.level, fault.text) for fault in result.faults] == [
        (
            "facts[1].known",
            FaultLevel.WARNING,
            "Nothing counts from it before Tuesday 3 September 2019; expected since when it is known.",
        )
    ]
    past = broken(TIMELINE, ("on: 2019-08-21, known: 2019-08-21", "on: 2019-08-21"))
    assert examined(tmp_path, timeline=past).faults == ()
