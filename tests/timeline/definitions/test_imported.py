"""Test what imports say, over what the timeline's file says."""

from dataclasses import replace

from tests.timeline.literals import day
from timeline.definitions.absences import Absence
from timeline.definitions.imports import Imported, ImportedPerson, ImportedPost, differing, merged_imports, with_imports
from timeline.definitions.people import Directory, Holder, Person, Post

AWAY = Absence(person="ann", from_on=day("Mon 2 Dec 2019"), until_on=day("Fri 6 Dec 2019"))
STATED = Directory(
    posts={"officer": Post(key="officer", title="Officer"), "director": Post(key="director", title="Director")},
    people={
        "ann": Person(key="ann", name="Ann", address="ann@council.example", phone="01634 306000"),
        "bob": Person(key="bob", name="Bob", address="bob@council.example"),
    },
    holders=(Holder(post="officer", person="ann"), Holder(post="director", person="bob")),
    absences=(AWAY,),
)
NEW = ImportedPerson(
    key="officer-2",
    source="new.csv",
    address="new@council.example",
    name="New",
    holds=(Holder(post="officer", person="officer-2", from_on=day("Mon 2 Dec 2019")),),
)
ANN = ImportedPerson(key="ann", source="new.csv", address="ann.other@council.example")


def test_a_new_holder_counts_from_the_first_day_on_and_the_files_before() -> None:
    now = with_imports(STATED, Imported(people=(NEW,)))
    held = [now.holder("officer", on=day(text)) for text in ("Sun 1 Dec 2019", "Mon 2 Dec 2019")]
    assert [recipient.person.key for recipient in held if recipient] == ["ann", "officer-2"]
    assert now.posts_of("ann", on=day("Mon 2 Dec 2019")) == ()


def test_what_is_not_said_stays_the_files() -> None:
    now = with_imports(STATED, Imported(people=(ANN,)))
    assert now.people["ann"] == replace(STATED.people["ann"], address="ann.other@council.example")
    assert (now.holders, now.absences) == (STATED.holders, STATED.absences)


def test_what_is_said_to_be_none_is_none() -> None:
    said = replace(ANN, phone="", absences=(), holds=())
    now = with_imports(STATED, Imported(people=(said,)))
    assert (now.people["ann"].phone, now.absences) == ("", ())
    assert now.holders == STATED.holders[1:]


def test_of_a_post_only_what_is_stated() -> None:
    said = ImportedPost(key="officer", source="new.csv", deputy="director")
    assert with_imports(STATED, Imported(posts=(said,))).posts["officer"] == Post(
        key="officer", title="Officer", deputy="director"
    )
    made = ImportedPost(key="clerk", source="new.csv", title="Clerk")
    assert with_imports(STATED, Imported(posts=(made,))).posts["clerk"] == Post(key="clerk", title="Clerk")
    untitled = replace(made, title=None)
    assert "clerk" not in with_imports(STATED, Imported(posts=(untitled,))).posts


def test_somebody_whom_no_file_names_any_more_is_left_out() -> None:
    without = replace(STATED, people={"bob": STATED.people["bob"]}, holders=STATED.holders[1:], absences=())
    assert with_imports(without, Imported(people=(ANN,))) == without


def test_a_later_import_replaces_what_earlier_ones_said_of_whom_it_names() -> None:
    later = replace(ANN, source="later.csv", phone="")
    imported = merged_imports(Imported(people=(NEW, ANN)), Imported(people=(later,)))
    assert imported.people == (later, NEW)
    assert merged_imports(imported, Imported(people=(later,))) == imported


def test_where_an_import_differs_from_the_file_is_said_in_a_sentence() -> None:
    said = Imported(
        people=(NEW, replace(ANN, absences=())), posts=(ImportedPost(key="officer", source="p", level=None),)
    )
    assert list(differing(STATED, said)) == [
        "officer-2 stands in new.csv alone.",
        "Of ann new.csv says otherwise than the timeline (address, absences), and holds.",
    ]
    same = replace(ANN, address="ann@council.example", name="Ann")
    assert list(differing(STATED, Imported(people=(same,)))) == []
