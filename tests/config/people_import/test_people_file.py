"""Test a file of people as councils have it: every way Excel writes it, and every fault at once."""

from datetime import date

import pytest

from config.people_import.people_file import read
from config.timeline_files.faults import BadInput, FaultLevel
from tests.timeline.literals import day
from timeline.definitions.absences import Absence
from timeline.definitions.imports import Imported
from timeline.definitions.people import Directory, Holder, Person, Post

ON = day("Thu 14 Nov 2019")
DIRECTORY = Directory(
    posts={
        "head_of_plo": Post(key="head_of_plo", title="Head of PLO", line_manager="director"),
        "director": Post(key="director", title="Director of People"),
    },
    people={
        "sam": Person(key="sam", name="Sam", address="sam@council.example"),
        "jo": Person(key="jo", name="Jo", address="Jo@council.example"),
        "gone": Person(key="gone", name="Gone", address="gone@council.example"),
    },
    holders=(
        Holder(post="head_of_plo", person="sam", from_on=day("Mon 2 Sep 2019")),
        Holder(post="director", person="jo"),
    ),
)


def said(text: str | bytes, directory: Directory = DIRECTORY, on: date = ON) -> tuple[Imported | None, list[str]]:
    content = text if isinstance(text, bytes) else text.encode()
    listed = frozenset({"sam", "jo"})
    imported, faults = read("p.csv", content, directory, listed=listed, channels=frozenset({"mail", "teams"}), on=on)
    return imported, [
        f"{fault.level.value}: {fault}" if fault.level is FaultLevel.WARNING else str(fault) for fault in faults
    ]


def usable(text: str | bytes) -> Imported:
    imported, faults = said(text)
    assert faults == []
    assert imported is not None
    return imported


NAMED = 'Name;E-mail;POST\r\n"O’Brien, Seán";sean.o\'brien@council.example;Head of PLO\r\n'


@pytest.mark.parametrize(
    "content",
    [
        NAMED.encode(),
        NAMED.encode("utf-8-sig"),
        NAMED.encode("cp1252"),
        NAMED.encode("utf-16"),
        ("sep=;\r\n" + NAMED).encode(),
        NAMED.replace(";", "\t").encode(),
        NAMED.replace(";", ",").replace("\r\n", "\n").encode(),
        ("\r\n" + NAMED + ";;\r\n;;;;\r\n").encode(),
    ],
    ids=["utf-8", "mark", "cp1252", "utf-16", "sep", "tabs", "commas", "empty lines"],
)
def test_excel_writes_it_in_many_ways(content: bytes) -> None:
    (person,) = usable(content).people
    assert (person.name, person.address) == ("O’Brien, Seán", "sean.o'brien@council.example")
    assert person.holds == (Holder(post="head_of_plo", person="head-of-plo", from_on=ON),)


def test_a_key_is_made_of_the_post_and_never_of_the_name() -> None:
    two = usable("name,address,post\nAnn,ann@x.example,head_of_plo\nBea,bea@x.example,\n")
    assert [person.key for person in two.people] == ["head-of-plo", "person"]


def test_somebody_is_known_by_the_address_in_whatever_case_or_by_the_key() -> None:
    assert [person.key for person in usable("address\nSAM@council.example\n").people] == ["sam"]
    (moved,) = usable("address,person\nnew@council.example,sam\n").people
    assert (moved.key, moved.address) == ("sam", "new@council.example")
    # Whoever was dropped from the timeline comes back as the same person.
    assert [person.key for person in usable("address\ngone@council.example\n").people] == ["gone"]


def test_a_column_that_is_not_there_says_nothing_and_an_empty_cell_says_none() -> None:
    (nothing,) = usable("address\nsam@council.example\n").people
    assert (nothing.holds, nothing.absences, nothing.phone, nothing.channels) == (None, None, None, None)
    header = "address,post,phone,channels,works,away from,away until\n"
    (none,) = usable(f"{header}sam@council.example,,,,,,\n").people
    assert (none.absences, none.phone, none.channels, none.works) == ((), "", (), ())
    assert none.holds == (
        Holder(post="head_of_plo", person="sam", from_on=day("Mon 2 Sep 2019"), until_on=day("Wed 13 Nov 2019")),
    )


def test_several_lines_are_several_posts_and_absences() -> None:
    header = "address,post,from,until,acting,away from,away until,works,channels\n"
    first = "sam@council.example,head_of_plo,,30/11/2019,,24/12/2019,2020-01-02,mon to wed,teams mail\n"
    second = "sam@council.example,director,2019-12-01,2020-01-31,yes,01/04/2020 00:00,03/04/2020,,\n"
    (person,) = usable(header + first + second).people
    assert person.holds == (
        Holder(post="head_of_plo", person="sam", from_on=day("Mon 2 Sep 2019"), until_on=day("Sat 30 Nov 2019")),
        Holder(
            post="director", person="sam", from_on=day("Sun 1 Dec 2019"), until_on=day("Fri 31 Jan 2020"), acting=True
        ),
    )
    assert person.absences == (
        Absence(person="sam", from_on=day("Tue 24 Dec 2019"), until_on=day("Thu 2 Jan 2020")),
        Absence(person="sam", from_on=day("Wed 1 Apr 2020"), until_on=day("Fri 3 Apr 2020")),
    )
    assert (person.works, person.channels) == ((0, 1, 2), ("teams", "mail"))


def test_of_a_post_what_is_stated_is_said_and_an_empty_cell_says_nothing() -> None:
    header = "address,post,title,level,line manager,deputy,assistant\n"
    imported = usable(f"{header}sam@council.example,head_of_plo,,,,director,\njo@council.example,director,,,,,\n")
    (post,) = imported.posts
    assert (post.key, post.deputy, post.line_manager, post.title) == ("head_of_plo", "director", None, None)


def test_a_post_that_comes_with_its_title_is_made_and_may_be_named_by_other_lines() -> None:
    text = "name,address,post,title,line manager\nPat,pat@x.example,clerk,Clerk to the board,director\n"
    imported = usable(f"{text},sam@council.example,head_of_plo,,clerk\n")
    assert {post.key: (post.title, post.line_manager) for post in imported.posts} == {
        "clerk": ("Clerk to the board", "director"),
        "head_of_plo": (None, "clerk"),
    }


FAULTY = (
    "name,address,post,from,until,acting,level,channels,works,phone,away from\n"
    "Ann,ann o@x.example,head_of_plq,31/02/2019,2019-01-01,maybe,boss,fax,funday,12,2019-12-01\n"
    ",new@x.example,=cmd(),2019-12-02,01/12/2019,,,,,,\n"
    ",,head_of_plo,,,,,,,,\n"
    "Bea,bea@x.example,,2019-12-01,,,,,,,\n"
)


def test_all_faults_are_told_at_once_each_with_line_and_column() -> None:
    imported, faults = said(FAULTY)
    assert imported is None
    where = [fault.removeprefix("p.csv: ").partition(":")[0] for fault in faults]
    assert where == [
        "line 3, post",
        *(
            f"line 2, {literal}"
            for literal in ("address", "post", "from", "acting", "level", "channels", "works", "phone")
        ),
        "line 2",
        "line 3, until",
        "line 4, address",
        "line 5, from",
    ]
    assert "Did you mean “head_of_plo”?" in faults[2]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nmae,address\nx,a@x.example\n", "line 1: There is no column “nmae”. Did you mean “name”?"),
        ("name\nx\n", "There is no column “address”; expected whose line each is."),
        ("address,email\na@x.example,b@x.example\n", "line 1: The column “email” stands twice."),
        ("address\na@x.example,b\n", "line 2: It has 2 cells, the header 1."),
        ("address\n", "It has no line below its header; expected one for each person."),
        ('address,name\nsam@council.example,"A\nB"\n', "line 3, name: It holds a line break or a control character"),
        ("address,name\nsam@council.example,A\x07B\n", "line 2, name: It holds a line break or a control character"),
        ("address,phone\nsam@council.example,+447700900123\n", ""),
        ("address,name\nsam@council.example,+447700900123\n", "line 2, name: Found “+447700900123”, which looks"),
        ("address,name\nsam@council.example,#REF!\n", "line 2, name: Found “#REF!”, which looks like a formula"),
        ("address\nnew@x.example\n", "line 2, name: Somebody new has a name; it is empty here."),
        ("address,person\njo@council.example,sam\n", "line 2, address: Somebody else has this address"),
        ("address,person,name\na@x.example,p1,A\nA@x.example,p2,B\n", "line 3, address: Somebody else has this addr"),
        ("address,person\na@x.example,sam\nb@x.example,sam\n", "line 3, address: Line 2 gives this person another"),
        ("address,name\nsam@council.example,A\nsam@council.example,B\n", "line 3, name: Line 2 says otherwise of this"),
        ("address,name\nsam@council.example,A\nsam@council.example,A\n", "line 3: It repeats line 2."),
        (
            "address,post,deputy\nsam@council.example,director,head_of_plo\njo@council.example,director,director\n",
            "line 3, deputy: Line 2 says otherwise of this post",
        ),
    ],
)
def test_each_fault_is_one_sentence(text: str, sentence: str) -> None:
    _, faults = said(text)
    assert len([fault for fault in faults if not fault.startswith("warning")]) == (1 if sentence else 0), faults
    assert not sentence or faults[0].startswith(f"p.csv: {sentence}"), faults


def test_two_holders_of_one_post_on_the_same_days_are_warned_of() -> None:
    text = "address,post,acting\nsam@council.example,director,{}\njo@council.example,director,\n"
    imported, faults = said(text.format(""))
    assert imported is not None
    assert faults[0].startswith("warning: p.csv: line 3, post: director has another holder here.")
    assert said(text.format("yes"))[1] == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "p.csv: It is empty"),
        (b"address\n\x00\n", "p.csv: It is no text"),
        (b"\xff\xfe\x00", "p.csv: It is no text"),
        (b'address\n"a@x.example\n', "p.csv: line 2: A quotation mark is not closed"),
        (b"address\n" + b"a" * 2_000_001, "p.csv: It is larger than 2 MB"),
    ],
)
def test_what_cannot_be_read_at_all_is_one_fault(content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as bad:
        said(content)
    assert str(bad.value).startswith(sentence)
