"""Test facts: only ever added, known since an instant, and under embargo until they may be told."""

from dataclasses import replace

import pytest

from tests.timeline.builders import fact
from tests.timeline.literals import at, day
from timeline.definitions.facts import Embargo, known, may_hear, under_embargo

CIRCULATION = frozenset({"director", "head_of_improvement"})
UNTIL_NOON = Embargo(circulation=CIRCULATION, until=at("Tue 27 Aug 2019 12:00"))
UNTIL_PUBLISHED = Embargo(circulation=CIRCULATION, until_fact="report_published")
UNTIL_LETTER = Embargo(circulation=CIRCULATION, until_fact="letter_issued")

RECEIVED = fact("report_received", "Wed 21 Aug 2019", known="Wed 21 Aug 2019 09:00")


@pytest.mark.parametrize(
    ("instant", "is_known"),
    [("Wed 21 Aug 2019 08:59", False), ("Wed 21 Aug 2019 09:00", True), ("Wed 21 Aug 2019 09:01", True)],
)
def test_a_decision_sees_what_was_known_at_its_instant(instant: str, is_known: bool) -> None:
    assert (known([RECEIVED], at=at(instant)).get("report_received") is not None) is is_known


@pytest.mark.parametrize(
    ("instant", "on"),
    [("Mon 2 Sep 2019 08:59", "Wed 21 Aug 2019"), ("Mon 2 Sep 2019 09:00", "Thu 22 Aug 2019")],
)
def test_a_correction_holds_from_when_it_was_known_and_not_before(instant: str, on: str) -> None:
    correction = fact("report_received", "Thu 22 Aug 2019", known="Mon 2 Sep 2019 09:00")
    given = known([correction, RECEIVED], at=at(instant)).get("report_received")
    assert given is not None
    assert given.on == day(on)


def test_of_two_facts_known_at_the_same_instant_the_one_added_last_holds() -> None:
    again = replace(RECEIVED, on=day("Thu 22 Aug 2019"))
    assert known([RECEIVED, again], at=RECEIVED.known_at).get("report_received") == again
    assert known([again, RECEIVED], at=RECEIVED.known_at).get("report_received") == RECEIVED


def test_a_fact_of_one_occurrence_is_its_own_and_goes_before_the_councils() -> None:
    shared = fact("letter_issued", "Mon 2 Sep 2019")
    own = fact("letter_issued", "Tue 3 Sep 2019", of="monitoring-visit/1")
    book = known([own, shared], at=at("Wed 4 Sep 2019 09:00"))
    assert book.get("letter_issued", "monitoring-visit/1") == own
    assert book.get("letter_issued", "monitoring-visit/2") == shared
    assert book.get("letter_issued") == shared


def test_an_unknown_fact_is_an_answer() -> None:
    assert known([], at=at("Wed 4 Sep 2019 09:00")).get("report_received", "plo-panel/1") is None


@pytest.mark.parametrize(
    ("instant", "in_force"),
    [("Tue 27 Aug 2019 11:59", True), ("Tue 27 Aug 2019 12:00", False), ("Tue 27 Aug 2019 12:01", False)],
)
def test_an_embargo_holds_until_its_instant(instant: str, in_force: bool) -> None:
    book = known([replace(RECEIVED, embargo=UNTIL_NOON)], at=at(instant))
    assert bool(book.embargoes(["report_received"])) is in_force


@pytest.mark.parametrize(
    ("instant", "in_force"),
    [
        ("Mon 26 Aug 2019 23:59", True),
        ("Tue 27 Aug 2019 09:29", True),
        ("Tue 27 Aug 2019 09:30", False),
        ("Wed 28 Aug 2019 09:30", False),
    ],
)
def test_an_embargo_until_a_fact_holds_until_that_fact_is_known(instant: str, in_force: bool) -> None:
    published = fact("report_published", "Tue 27 Aug 2019", known="Tue 27 Aug 2019 09:30")
    book = known([replace(RECEIVED, embargo=UNTIL_PUBLISHED), published], at=at(instant))
    assert bool(book.embargoes(["report_received"])) is in_force


@pytest.mark.parametrize(
    ("instant", "in_force"),
    [("Thu 22 Aug 2019 12:00", True), ("Mon 26 Aug 2019 23:59", True), ("Tue 27 Aug 2019 00:00", False)],
)
def test_a_publication_announced_in_advance_lifts_the_embargo_on_its_day_only(instant: str, in_force: bool) -> None:
    announced = fact("report_published", "Tue 27 Aug 2019", known="Thu 22 Aug 2019 10:00")
    book = known([replace(RECEIVED, embargo=UNTIL_PUBLISHED), announced], at=at(instant))
    assert bool(book.embargoes(["report_received"])) is in_force


def test_an_embargo_tells_when_it_will_end_so_that_somebody_looks_again_then() -> None:
    announced = fact("report_published", "Tue 27 Aug 2019", known="Thu 22 Aug 2019 10:00")
    book = known([replace(RECEIVED, embargo=UNTIL_PUBLISHED), announced], at=at("Fri 23 Aug 2019 07:30"))
    (embargo,) = book.embargoes(["report_received"])
    assert embargo.until == at("Tue 27 Aug 2019 00:00")


def test_the_letter_of_one_visit_lifts_the_embargo_on_its_own_draft_and_on_no_other() -> None:
    drafts = [
        fact("draft_letter_received", "Mon 2 Sep 2019", of=f"monitoring-visit/{n}", embargo=UNTIL_LETTER)
        for n in (1, 2)
    ]
    issued = fact("letter_issued", "Mon 9 Sep 2019", of="monitoring-visit/1")
    book = known([*drafts, issued], at=at("Tue 10 Sep 2019 07:30"))
    assert book.embargoes(["draft_letter_received"], "monitoring-visit/1") == ()
    assert book.embargoes(["draft_letter_received"], "monitoring-visit/2") == (UNTIL_LETTER,)


def test_what_rests_on_several_facts_is_under_all_their_embargoes() -> None:
    book = known(
        [replace(RECEIVED, embargo=UNTIL_PUBLISHED), fact("stated", "Fri 23 Aug 2019", embargo=UNTIL_NOON)],
        at=at("Fri 23 Aug 2019 09:00"),
    )
    assert book.embargoes(["report_received", "stated"]) == (UNTIL_PUBLISHED, UNTIL_NOON)
    assert book.embargoes(["stated"]) == (UNTIL_NOON,)
    assert book.embargoes(["something_else"]) == ()


def test_an_explanation_says_who_recorded_it_from_where_and_whether_it_is_inferred() -> None:
    assert RECEIVED.told == "paragraph 6.1; recorded by Head of improvement"
    assert replace(RECEIVED, inferred=True).told == "paragraph 6.1; recorded by Head of improvement; inferred"
    assert replace(RECEIVED, who="", source="").told == ""


@pytest.mark.parametrize(
    ("instant", "in_force"),
    [("Tue 27 Aug 2019 11:59", True), ("Tue 27 Aug 2019 12:00", False), ("Tue 27 Aug 2019 12:01", False)],
)
def test_an_embargo_is_in_force_until_its_instant(instant: str, in_force: bool) -> None:
    assert UNTIL_NOON.in_force(at=at(instant)) is in_force
    assert under_embargo([UNTIL_NOON], at=at(instant)) is in_force
    assert may_hear(["lead_member"], [UNTIL_NOON], at=at(instant)) is not in_force


def test_a_person_hears_only_with_a_post_in_the_circulation_of_every_embargo() -> None:
    narrow = Embargo(circulation=frozenset({"director"}))
    both, instant = [UNTIL_NOON, narrow], at("Tue 27 Aug 2019 11:00")
    assert may_hear(["director"], both, at=instant)
    assert not may_hear(["head_of_improvement"], both, at=instant)
    assert may_hear(["head_of_improvement", "director"], both, at=instant)
    assert not may_hear([], both, at=instant)
    assert may_hear([], [], at=instant)


def test_an_embargo_without_an_end_is_always_in_force() -> None:
    assert UNTIL_PUBLISHED.in_force(at=at("Fri 27 Aug 2100 12:00"))
