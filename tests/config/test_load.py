"""Both files into the heart's records, or every fault at once: one clear sentence each, and never a traceback."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.faults import BadInput, FaultLevel
from config.load import RULES, TIMELINES, digest, examine, load
from tests.config.files import PACK, TIMELINE, TODAY, broken, found
from tests.fuzzing import looks_at
from tests.timeline.literals import at, day
from timeline.calendar import WorkingHours
from timeline.council import CouncilTimeline
from timeline.duties import DutyClass, Mark, Rung, Unless
from timeline.facts import Embargo
from timeline.planning import plan


def whole(tmp_path: Path, *changes: tuple[str, str], pack: str = PACK) -> CouncilTimeline:
    result = found(tmp_path, timeline=broken(TIMELINE, *changes), pack=pack)
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
    assert [one.key for one in plan_.milestones] == ["draft", "sent"]
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
    acting = [one for one in timeline.directory.holders if one.post == "chief_executive"]
    assert [(one.person, one.from_on, one.until_on) for one in acting] == [
        ("anna", day("Sun 1 Sep 2019"), day("Mon 30 Sep 2019"))
    ]


def test_working_hours_of_the_council_are_asked_for(tmp_path: Path) -> None:
    found(tmp_path)
    hours = WorkingHours.parse("09:00-17:00")
    _, faults = examine(tmp_path / "council.yaml", on=TODAY, hours=hours, rules=tmp_path)
    assert [str(fault) for fault in faults] == [
        "council.yaml: council.mail_at: 08:30 is outside working hours (09:00-17:00)."
    ]


# What is wrong with the shape of a file


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        ("pack: small\n", "pack: small\npacks: small\n", "packs", "This key is not known here."),
        ("key: council,", "key: council, colour: red,", "council.colour", "This key is not known here."),
        ("name: The Council, ", "", "council.name", "This key is missing."),
        (
            "key: council,",
            "key: The Council,",
            "council.key",
            "Found “The Council”, expected small letters, digits, “-” and “_” after a first letter, such as “plo-",
        ),
        (
            "council: {key: council, name: The Council, programme_lead: manager}",
            "council: Medway",
            "council",
            "Found “Medway”, expected keys, each with what it means, such as “{title: …}”.",
        ),
        (
            "key: council,",
            "key: council, mail_at: half past eight,",
            "council.mail_at",
            "Found “half past eight”, expected a time such as 08:30.",
        ),
        (
            "anna@council.example",
            "anna at council",
            "people.anna.address",
            "Found “anna at council”, expected an address such as officer@council.example.",
        ),
        (
            "name: Anna",
            "name: [Anna]",
            "people.anna.name",
            "Found “['Anna']”, expected words.",
        ),
        ("name: Anna", "name: ''", "people.anna.name", "Found “”, expected words."),
        (
            "  anna: {",
            "  Anna: {",
            "people.Anna",
            "Found “Anna”, expected small letters, digits, “-” and “_” after a first letter, such as “plo-panel”.",
        ),
        (
            "holds: officer",
            "holds: [[officer]]",
            "people.anna.holds[0]",
            "Found “['officer']”, expected keys, each with what it means, such as “{title: …}”.",
        ),
        *(
            (
                "on: 2019-08-21",
                f"on: {impossible}",
                "facts[0].on",
                f"Found “{impossible}”, expected a day from 1900 to 2199 that exists, such as 2019-08-27.",
            )
            for impossible in (
                *("2019-02-30", "2019-13-01", "1899-12-31", "2200-01-01", "27/08/2019", "2019-8-7", "soon"),
                *("1566864000", "2019-08-21T09:00", "0"),
            )
        ),
        *(
            (
                "known: 2019-08-21",
                f"known: {impossible}",
                "facts[0].known",
                f"Found “{impossible}”, expected a day from 1900 to 2199 that exists, such as 2019-08-27.",
            )
            for impossible in ("2019-02-30", "2019-08-21T25:00+01:00", "9:00")
        ),
        (
            "known: 2019-08-21",
            "known: 0001-01-01T00:00+14:00",
            "facts[0].known",
            "expected a day from 1900 to 2199 that exists",
        ),
        (
            "known: 2019-08-21",
            "known: 2019-08-21T09:00",
            "facts[0].known",
            "Found “2019-08-21T09:00”, expected an offset too, such as 2019-08-27T09:30+01:00.",
        ),
        (
            "pack: small\n",
            "pack: small\nshadow_until: always\n",
            "shadow_until",
            "Found “always”, expected a day from 1900 to 2199 that exists, such as 2019-08-27.",
        ),
        ("by: Officer, ", "", "facts[0].by", "This key is missing."),
        ("source: paragraph 6.1", "inferred: perhaps", "facts[0].source", "This key is missing."),
        (
            "source: paragraph 6.1",
            "source: paragraph 6.1, inferred: perhaps",
            "facts[0].inferred",
            "Found “perhaps”, expected true or false.",
        ),
        (
            "pack: small\n",
            "pack: small\nproclaimed_bank_holidays: [{on: 2019-10-07, name: A wedding}]\n",
            "proclaimed_bank_holidays[0].source",
            "This key is missing.",
        ),
        (
            "pack: small\n",
            "pack: small\nclosure_days: 2019-12-27\n",
            "closure_days",
            "Found “2019-12-27”, expected a list.",
        ),
        ("pack: small\n", "pack: smal\n", "pack", "There is no rule pack “smal”; expected council or small."),
        (
            "pack: small\n",
            "pack: ../small\n",
            "pack",
            "Found “../small”, expected small letters, digits, “-” and “_” after a first letter, such as “plo-panel”.",
        ),
    ],
)
def test_a_fault_in_the_shape_of_a_timeline(tmp_path: Path, old: str, new: str, key: str, text: str) -> None:
    result = found(tmp_path, timeline=broken(TIMELINE, (old, new)))
    assert result.timeline is None
    (fault,) = (fault for fault in result.faults if fault.key == key)
    assert (fault.file, fault.level) == ("council.yaml", FaultLevel.ERROR)
    assert text in fault.text


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        ("version: 1\n", "version: one\n", "version", "Found “one”, expected a whole number."),
        ("version: 1\n", "version: 0\n", "version", "Found “0”, expected greater than or equal to 1."),
        ("    class: A\n", "    class: E\n", "obligations.plan.class", "Found “E”, expected 'A', 'B', 'C' or 'D'."),
        ("    class: A\n", "", "obligations.plan.class", "This key is missing."),
        ("kind: visit", "kind: party", "obligations.visit.kind", "Found “party”, expected 'submission', 'meeting', "),
        ("status: local", "status: sure", "obligations.panel.status", "Found “sure”, expected 'verified', "),
        ("level: director,", "level: boss,", "posts.director.level", "Found “boss”, expected 'officer', "),
        (
            "every: 2 working days",
            "every: 2 days",
            "ladders.usual.rungs[2].every",
            "Found “2 days”, expected such as “5 working days”.",
        ),
        ("times: 3", "times: 51", "ladders.usual.rungs[2].times", "Found “51”, expected less than or equal to 50."),
        (
            "to: owner, unless: acknowledged",
            "to: owner, unless: asleep",
            "ladders.usual.rungs[0].unless",
            "Found “asleep”, expected 'acknowledged' or 'done'.",
        ),
        ("to: owner, unless", "to: [], unless", "ladders.usual.rungs[0].to", "expected at least one entry."),
        ("      papers: {", "      Papers: {", "obligations.panel.milestones.Papers", "Found “Papers”, expected small"),
        ("    ladder: usual\n", "    lader: usual\n", "obligations.plan.lader", "This key is not known here."),
    ],
)
def test_a_fault_in_the_shape_of_a_rule_pack(tmp_path: Path, old: str, new: str, key: str, text: str) -> None:
    result = found(tmp_path, pack=broken(PACK, (old, new)))
    assert result.timeline is None
    (fault,) = (fault for fault in result.faults if fault.key == key)
    assert (fault.file, fault.level) == ("small.yaml", FaultLevel.ERROR)
    assert text in fault.text


# All at once


def test_faults_in_the_shape_of_both_files_are_told_together(tmp_path: Path) -> None:
    timeline = broken(TIMELINE, ("pack: small\n", "pack: small\nextra: 1\n"), ("on: 2019-08-21", "on: 2019-02-30"))
    pack = broken(PACK, ("    class: A\n", "    class: E\n"), ("version: 1\n", "version: one\nextra: 1\n"))
    assert [one.split(": ")[:2] for one in found(tmp_path, timeline=timeline, pack=pack).told] == [
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
    assert [one.split(": ")[:2] for one in found(tmp_path, timeline=timeline, pack=pack).told] == [
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


# One timeline like another


def like(tmp_path: Path, text: str, base: str = TIMELINE) -> tuple[CouncilTimeline | None, list[str]]:
    (tmp_path / "small.yaml").write_text(PACK)
    (tmp_path / "base.yaml").write_text(base)
    (tmp_path / "own.yaml").write_text(text)
    timeline, faults = examine(tmp_path / "own.yaml", on=day("Wed 18 Nov 2026"), rules=tmp_path)
    return timeline, [str(fault) for fault in faults]


def test_a_timeline_like_another_replaces_what_it_says_itself(tmp_path: Path) -> None:
    timeline, told = like(tmp_path, "like: base.yaml\ncouncil: {key: other, name: Other, programme_lead: manager}\n")
    assert told == []
    assert timeline is not None
    assert (timeline.council.key, len(timeline.facts)) == ("other", 2)


@pytest.mark.parametrize(
    ("own", "base", "told"),
    [
        ("like: own.yaml\n", TIMELINE, "The file named is itself like another; expected a whole one."),
        ("like: base.yaml\n", "like: own.yaml\n", "The file named is itself like another; expected a whole one."),
        ("like: nope.yaml\n", TIMELINE, "There is no file “nope.yaml” beside this one, expected a timeline."),
        ("like: ''\n", TIMELINE, "There is no file “” beside this one, expected a timeline."),
        ("like:\n", TIMELINE, "There is no file “None” beside this one, expected a timeline."),
        ("like: [base.yaml]\n", TIMELINE, "There is no file “['base.yaml']” beside this one, expected a timeline."),
        ("like: ../base.yaml\n", TIMELINE, "There is no file “../base.yaml” beside this one, expected a timeline."),
        ('like: "a\\0b.yaml"\n', TIMELINE, "There is no file “a?b.yaml” beside this one, expected a timeline."),
    ],
)
def test_a_timeline_like_nothing_usable(tmp_path: Path, own: str, base: str, told: str) -> None:
    assert like(tmp_path, own, base) == (None, [f"own.yaml: like: {told}"])


def test_a_timeline_like_one_that_is_broken_tells_what_is_wrong_with_that(tmp_path: Path) -> None:
    assert like(tmp_path, "like: base.yaml\n", "a: [1\n")[1][0].startswith("base.yaml: Line 2, column 1: ")


@pytest.mark.parametrize(
    ("lay", "on", "received"),
    [
        # The week of `lay` becomes the week of the day, by whole weeks: a Wednesday stays a Wednesday.
        ("2019-11-18", "Mon 16 Nov 2026", "Wed 19 Aug 2026"),
        ("2019-11-18", "Wed 18 Nov 2026", "Wed 19 Aug 2026"),
        ("2019-11-24", "Mon 16 Nov 2026", "Wed 19 Aug 2026"),
        ("2019-11-25", "Wed 18 Nov 2026", "Wed 12 Aug 2026"),
        ("2019-11-18", "Sun 22 Nov 2026", "Wed 19 Aug 2026"),
        ("2019-11-18", "Mon 23 Nov 2026", "Wed 26 Aug 2026"),
    ],
)
def test_a_demo_is_laid_on_the_week_of_the_day(tmp_path: Path, lay: str, on: str, received: str) -> None:
    (tmp_path / "small.yaml").write_text(PACK)
    (tmp_path / "demo.yaml").write_text(f"{TIMELINE}\nlay: {lay}\n")
    timeline, faults = examine(tmp_path / "demo.yaml", on=day(on), rules=tmp_path)
    assert faults == ()
    assert timeline is not None
    assert timeline.facts[0].on == day(received)
    assert timeline.facts[0].known_at.date() == day(received)


def test_a_lay_that_moves_the_facts_out_of_every_calendar_is_told(tmp_path: Path) -> None:
    timeline, told = like(tmp_path, "like: base.yaml\nlay: 1900-01-01\n", TIMELINE.replace("2019-", "2150-"))
    assert timeline is None
    assert set(told) == {"own.yaml: lay: It moves a fact to 2277; expected a day near the facts."}


# Whether anything has changed


def test_a_digest_changes_with_either_file_and_with_the_one_it_is_like(tmp_path: Path) -> None:
    like(tmp_path, "like: base.yaml\n")
    path = tmp_path / "own.yaml"
    first = digest(path, rules=tmp_path)
    assert digest(path, rules=tmp_path) == first
    seen = {first}
    for name in ("own.yaml", "base.yaml", "small.yaml"):
        text = (tmp_path / name).read_text()
        (tmp_path / name).write_text(f"{text}\n{name.removesuffix('.yaml')}: changed\n")
        seen.add(digest(path, rules=tmp_path))
        (tmp_path / name).write_text(f"# a comment changes nothing\n{text}")
        assert digest(path, rules=tmp_path) == first
    assert len(seen) == 4


# Whatever is in the files


def examined(folder: Path, timeline: bytes, pack: bytes) -> CouncilTimeline | None:
    """Either what was read can be planned, or there is a sentence for each fault."""
    (folder / "england-ilacs.yaml").write_bytes(pack)
    (folder / "council.yaml").write_bytes(timeline)
    result, faults = examine(folder / "council.yaml", on=TODAY, rules=folder)
    for fault in faults:
        assert str(fault).isprintable()
        assert fault.text.endswith((".", "?"))
        assert fault.text[0].isupper() or fault.text[0] in "“0123456789"
        assert not re.search(r"validation error|Traceback|pydantic|instance of", fault.text)
    errors = [fault for fault in faults if fault.level is FaultLevel.ERROR]
    assert errors or result is not None
    return None if errors else result


REAL = ((TIMELINES / "medway-2019.yaml").read_bytes(), (RULES / "england-ilacs.yaml").read_bytes())
SNIPPETS = st.sampled_from(
    [
        *(
            b"",
            b"\n",
            b" ",
            b":",
            b"- ",
            b"{",
            b"}",
            b"[",
            b"]",
            b"'",
            b'"',
            b"#",
            b",",
            b"~",
            b"\t",
            b"\0",
            b"\xff",
            b"0",
        ),
        *(b"2019-02-30", b"9999-12-31", b"due", b"owner", b"quarterly from ", b" or next working day", b"*x", b"&x "),
        *(
            b"!!int ",
            b"director",
            b"lead_member",
            b"99999",
            b"-1",
            b"null",
            b"after",
            b"before",
            b"monthly on the 2nd tuesday",
        ),
        *(b"true", b"D", b"known: ", b"until: 2019-01-01, ", b"cancelled", b"report_received", b"on the day at 25:00"),
    ]
)


@st.composite
def mutations(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """The real files with a few words replaced, cut out, doubled or moved in one of them."""
    texts = list(REAL)
    which = draw(st.sampled_from([0, 1]))
    text = texts[which]
    for _ in range(draw(st.integers(1, 3))):
        words = [match.span() for match in re.finditer(rb"[^\s{},:\[\]]+|[{},:\[\]]|\n", text)]
        start, end = draw(st.sampled_from(words))
        other_start, other_end = draw(st.sampled_from(words))
        new = draw(st.sampled_from([draw(SNIPPETS), text[other_start:other_end]]))
        text = text[:start] + new + text[end:]
    texts[which] = text
    return texts[0], texts[1]


@looks_at(150)
@given(mutations())
def test_the_real_files_with_anything_changed_give_a_plan_or_sentences(
    tmp_path_factory: pytest.TempPathFactory, files: tuple[bytes, bytes]
) -> None:
    timeline = examined(tmp_path_factory.getbasetemp(), *files)
    if timeline is not None:
        assert plan(timeline, at=at("Fri 18 Oct 2019 07:30"), until=day("Fri 28 Feb 2020"))


@looks_at(60)
@given(st.binary(max_size=80), st.booleans())
def test_bytes_in_place_of_either_file_give_sentences(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, in_pack: bool
) -> None:
    timeline, pack = REAL
    assert examined(tmp_path_factory.getbasetemp(), *((timeline, raw) if in_pack else (raw, pack))) is None


@pytest.mark.parametrize("on", [date(2019, 8, 27), date(2026, 11, 23), date(2027, 2, 28)])
def test_the_files_that_come_with_daymark_are_whole(on: date) -> None:
    for path in TIMELINES.glob("*.yaml"):
        timeline, faults = examine(path, on=on)
        assert faults == ()
        assert timeline is not None
