"""Test reading both files into the heart's records, or every fault at once."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from config.load import TIMELINES, examine, load
from config.timeline_files.faults import BadInput
from tests.config.files import PACK, TIMELINE, TODAY, broken, examined
from tests.timeline.literals import at, day
from timeline.calendar.working_hours import WorkingHours
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import DutyClass, Mark, Rung, Unless
from timeline.definitions.facts import Embargo


def whole(tmp_path: Path, *changes: tuple[str, str], pack: str = PACK) -> CouncilTimeline:
    result = examined(tmp_path, timeline=broken(TIMELINE, *changes), pack=pack)
    assert result.timeline is not None, result.told
    return result.timeline


# What is read


def test_words_become_the_hearts_records(tmp_path: Path) -> None:
    timeline = whole(tmp_path)
    plan_, visit, panel = timeline.obligations
    assert (plan_.key, plan_.duty_class, plan_.rule, plan_.basis, plan_.version) == (
        "plan",
        DutyClass.A,
        "70 working days after report_received",
        "Regulation 3",
        1,
    )
    assert (visit.confirmed_by, panel.confirmed_by) == ("visit_confirmed", None)
    assert [rule.key for rule in plan_.milestones] == ["draft", "sent"]
    assert plan_.milestones[0].owner == "officer"
    assert plan_.milestones[0].ladder.rungs[2] == Rung(
        key="overdue",
        working_days=1,
        mark=Mark.AFTER_DUE,
        to=("owner", "line manager of owner"),
        unless=Unless.DONE,
        every=2,
        times=3,
    )
    assert timeline.council.shadow_by_default is True
    assert timeline.directory.people["anna"].address == "anna@council.example"


@pytest.mark.parametrize(
    ("written", "working_days", "mark", "clock"),
    [
        ("5 working days before", 5, Mark.BEFORE_DUE, None),
        ("1 working day after", 1, Mark.AFTER_DUE, None),
        ("3 Working Days after  first prompt", 3, Mark.AFTER_FIRST_PROMPT, None),
        ("on the day", 0, Mark.BEFORE_DUE, None),
        ("on the day at 12:00", 0, Mark.BEFORE_DUE, "12:00"),
        ("2 working days before at 16:45", 2, Mark.BEFORE_DUE, "16:45"),
    ],
)
def test_when_a_rung_speaks(tmp_path: Path, written: str, working_days: int, mark: Mark, clock: str | None) -> None:
    pack = broken(PACK, ("when: 5 working days before", f"when: {written}"))
    first = whole(tmp_path, pack=pack).obligations[0].milestones[0].ladder.rungs[0]
    assert (first.working_days, first.mark, f"{first.at:%H:%M}" if first.at else None) == (working_days, mark, clock)


@pytest.mark.parametrize(
    ("written", "known_at"),
    [
        ("known: 2019-08-21", "Wed 21 Aug 2019 00:00"),
        ("known: 2019-08-21T09:30+01:00", "Wed 21 Aug 2019 09:30"),
        ("known: 2019-08-21T08:30Z", "Wed 21 Aug 2019 09:30"),
        ("inferred: false", "Wed 21 Aug 2019 00:00"),  # left out, it is known on its day
    ],
)
def test_since_when_a_fact_is_known(tmp_path: Path, written: str, known_at: str) -> None:
    timeline = whole(tmp_path, ("known: 2019-08-21", written))
    assert timeline.facts[0].known_at == at(known_at)


def test_a_restricted_fact_has_its_circulation_until_its_instant(tmp_path: Path) -> None:
    timeline = whole(
        tmp_path,
        ("source: paragraph 6.1", "source: paragraph 6.1, restricted_until: 2019-08-27, circulation: [director]"),
    )
    assert timeline.facts[0].embargo == Embargo(circulation=frozenset({"director"}), until=at("Tue 27 Aug 2019 00:00"))


def test_what_the_rule_pack_keeps_under_embargo_is_so_without_a_word(tmp_path: Path) -> None:
    pack = broken(
        PACK, ("posts:\n", "embargoes: {report_received: {until: meeting, circulation: [director, officer]}}\nposts:\n")
    )
    received, meeting = whole(tmp_path, pack=pack).facts
    assert received.embargo == Embargo(circulation=frozenset({"director", "officer"}), until_fact="meeting")
    assert meeting.embargo is None


@pytest.mark.parametrize(
    ("written", "shadow_until", "by_default"),
    [
        ("", None, True),
        ("shadow_until: never\n", None, False),
        ("shadow_until: 2019-09-10\n", "Tue 10 Sep 2019", False),
    ],
)
def test_until_when_everything_goes_to_the_programme_lead(
    tmp_path: Path, written: str, shadow_until: str | None, by_default: bool
) -> None:
    council = whole(tmp_path, ("pack: small\n", f"pack: small\n{written}")).council
    assert (council.shadow_until, council.shadow_by_default) == (
        day(shadow_until) if shadow_until else None,
        by_default,
    )


def test_days_off_are_of_two_kinds(tmp_path: Path) -> None:
    timeline = whole(
        tmp_path,
        (
            "pack: small\n",
            "pack: small\n"
            "proclaimed_bank_holidays: [{on: 2019-10-07, name: A wedding, source: London Gazette}]\n"
            "closure_days: [{on: 2019-12-27, name: Christmas closure}]\n",
        ),
    )
    calendars = timeline.calendars
    assert calendars.law.why_off(day("Mon 7 Oct 2019")) == "A wedding"
    assert calendars.law.why_off(day("Fri 27 Dec 2019")) is None
    assert calendars.office.why_off(day("Fri 27 Dec 2019")) == "Christmas closure"


def test_whoever_holds_several_posts_from_and_until_some_day(tmp_path: Path) -> None:
    timeline = whole(
        tmp_path, ("holds: officer", "holds: [officer, {post: chief_executive, from: 2019-09-01, until: 2019-09-30}]")
    )
    acting = [holder for holder in timeline.directory.holders if holder.post == "chief_executive"]
    assert [(holder.person, holder.from_on, holder.until_on) for holder in acting] == [
        ("anna", day("Sun 1 Sep 2019"), day("Mon 30 Sep 2019"))
    ]


def test_working_hours_of_the_council_are_asked_for(tmp_path: Path) -> None:
    examined(tmp_path)
    hours = WorkingHours.parse("09:00-17:00")
    _, faults = examine(tmp_path / "council.yaml", on=TODAY, hours=hours, rules=tmp_path)
    assert [str(fault) for fault in faults] == [
        "council.yaml: council.mail_at: 08:30 is outside working hours (09:00-17:00)."
    ]


# All at once


def test_faults_in_the_shape_of_both_files_are_told_together(tmp_path: Path) -> None:
    timeline = broken(TIMELINE, ("pack: small\n", "pack: small\nextra: 1\n"), ("on: 2019-08-21", "on: 2019-02-30"))
    pack = broken(PACK, ("    class: A\n", "    class: E\n"), ("version: 1\n", "version: one\nextra: 1\n"))
    assert [each.split(": ")[:2] for each in examined(tmp_path, timeline=timeline, pack=pack).told] == [
        ["council.yaml", "facts[0].on"],
        ["council.yaml", "extra"],
        ["small.yaml", "version"],
        ["small.yaml", "obligations.plan.class"],
        ["small.yaml", "extra"],
    ]


def test_what_makes_no_sense_and_who_is_not_there_are_told_together(tmp_path: Path) -> None:
    timeline = broken(TIMELINE, (", holds: officer", ""), ("fact: meeting", "fact: meting"))
    pack = broken(
        PACK,
        ("rule: 70 working days after report_received", "rule: 70 working days after nothing_known"),
        ("asks: Draft it.", "asks: Draft it., owner: nobody"),
        ("when: 3 working days before due", "when: 3 working days before papers"),
    )
    assert [each.split(": ")[:2] for each in examined(tmp_path, timeline=timeline, pack=pack).told] == [
        ["small.yaml", "obligations.plan.rule"],
        ["small.yaml", "obligations.plan.milestones.draft.owner"],
        ["council.yaml", "facts[1].fact"],
        ["small.yaml", "obligations.panel.milestones"],
        ["council.yaml", "posts.officer"],
    ]


def test_load_raises_all_the_errors_and_no_warning(tmp_path: Path) -> None:
    target = tmp_path / "council.yaml"
    shutil.copy(TIMELINES / "medway-2019.yaml", target)
    text = target.read_text()
    target.write_text(
        broken(
            text,
            ("holds: training_lead", "holds: [{post: training_lead, until: 2019-12-31}]"),
            (", holds: plo_panel_chair", ""),
            (", holds: performance_lead", ""),
        )
    )
    with pytest.raises(BadInput) as caught:
        load(target, on=TODAY)
    assert [fault.key for fault in caught.value.faults] == ["posts.performance_lead", "posts.plo_panel_chair"]
    assert str(caught.value).count("\n") == 1
    target.write_text(broken(text, ("holds: training_lead", "holds: [{post: training_lead, until: 2019-12-31}]")))
    assert load(target, on=TODAY).council.key == "medway"


@pytest.mark.parametrize("on", [date(2019, 8, 27), date(2026, 11, 23), date(2027, 2, 28)])
def test_the_files_that_come_with_daymark_are_whole(on: date) -> None:
    programmes = set(TIMELINES.glob("*.programme.yaml"))
    for path in set(TIMELINES.glob("*.yaml")) - programmes:
        timeline, faults = examine(path, on=on)
        # No text tells when Cheshire East received its report: the day stays open, and `check` says so.
        unknown = ["report_received"] if path.stem == "cheshire-east-2024" else []
        assert [fault.text.partition("”")[0].lstrip("“") for fault in faults] == unknown
        assert timeline is not None
