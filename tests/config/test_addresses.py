"""Test addresses that no mail server takes, placeholders, and two holders of one post: one rule in a timeline and a
CSV.
"""

from pathlib import Path

import pytest

from config.people_import import people_file
from config.timeline_files.people_faults import Holding, placeholders, two_holders
from tests.config.files import TIMELINE, broken, examined
from tests.timeline.literals import day
from timeline.definitions.people import Directory, Post

ANNA = "anna@council.example"
HOLDS = "holds: officer}"
STRANGE = {
    "siân.obrien@council.example": "expected plain letters (a to z) in place of “â”, which mail servers refuse.",
    "sian.o’brien@council.example": "expected the straight apostrophe ' in place of “’”, which mail servers refuse.",
    "sian@cyngor-môn.example": "expected plain letters (a to z) in place of “ô”, which mail servers refuse.",
    "sian obrien@council.example": "expected an address such as officer@council.example, without a space or an "
    "invisible letter.",
    "sian@council": "expected an address such as officer@council.example.",
    "sian..obrien@council.example": "expected an address such as officer@council.example.",
    "sian.@council.example": "expected an address such as officer@council.example.",
    "sian@-council.example": "expected an address such as officer@council.example.",
}


def of_csv(text: str, *, mail_leaves: bool = False) -> list[str]:
    directory = Directory(posts={"director": Post(key="director", title="Director")})
    _, faults = people_file.read(
        "p.csv",
        text.encode(),
        directory,
        listed=frozenset(),
        channels=frozenset({"mail"}),
        on=day("Mon 2 Sep 2019"),
        mail_leaves=mail_leaves,
    )
    return [str(fault) for fault in faults]


@pytest.mark.parametrize("address", STRANGE)
def test_an_address_that_servers_refuse_is_told_with_its_place_by_both(tmp_path: Path, address: str) -> None:
    expected = f"Found “{address}”, {STRANGE[address]}"
    (fault,) = examined(tmp_path, timeline=broken(TIMELINE, (ANNA, address))).faults
    assert str(fault) == f"council.yaml: people.anna.address: {expected}"
    assert of_csv(f"name,address\nSiân,{address}\n") == [f"p.csv: line 2, address: {expected}"]


@pytest.mark.parametrize("address", ["o'hara@council.example", "a+b_c@x-y.council.example", "A.B@1council.example"])
def test_what_servers_take_is_taken(tmp_path: Path, address: str) -> None:
    assert examined(tmp_path, timeline=broken(TIMELINE, (ANNA, address))).faults == ()


def test_two_holders_at_one_time_are_told_in_the_same_words(tmp_path: Path) -> None:
    two = (
        f"{HOLDS}\n  dora: {{name: Dora, address: dora@council.example, holds: [{{post: officer, from: 2019-09-02}}]}}"
    )
    (fault,) = examined(tmp_path, timeline=broken(TIMELINE, (HOLDS, two))).faults
    words = "has another holder here. On the same days as {}, which counts. Cover for some days is “acting”."
    assert str(fault) == f"council.yaml: people.dora.holds[0]: officer {words.format('people.anna.holds[0]')}"
    assert fault.level.value == "warning"
    lines = "name,address,post\nSam,sam@council.example,director\nJo,jo@council.example,director\n"
    assert of_csv(lines) == [f"p.csv: line 3, post: director {words.format('line 2, post')}"]


@pytest.mark.parametrize(
    ("until", "others_from", "clash"),
    [("Sun 1 Sep 2019", "Mon 2 Sep 2019", False), ("Mon 2 Sep 2019", "Mon 2 Sep 2019", True), ("", "", True)],
)
def test_one_after_the_other_is_no_fault(until: str, others_from: str, clash: bool) -> None:
    first = Holding("a", "officer", "anna", None, day(until) if until else None)
    then = Holding("b", "officer", "ben", day(others_from) if others_from else None, None)
    assert [fault.key for fault in two_holders("f", [first, then])] == (["b"] if clash else [])
    assert list(two_holders("f", [first, then._replace(person="anna")])) == []


def test_placeholders_are_counted_where_mail_leaves_for_real() -> None:
    nowhere = ["a@x.example", "b@example.com", "c@mail.example.org", "d@x.invalid", "e@x.test", "f@localhost.localhost"]
    given = {f"p{n}": address for n, address in enumerate([*nowhere, "g@example.gov.uk", "h@myexample.com"])}
    (fault,) = placeholders("f", given)
    assert (fault.key, fault.text) == (
        "p0",
        "Found “a@x.example”, a placeholder that no mail can reach, and 5 more (p1, p2, p3, …); expected the council's "
        "own.",
    )
    text = "name,address\nSam,sam@council.example\n"
    assert of_csv(text) == []
    (told,) = of_csv(text, mail_leaves=True)
    assert told.startswith("p.csv: line 2, address: Found “sam@council.example”, a placeholder that no mail can reach;")
