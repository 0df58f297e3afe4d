"""Test posts and who is meant by them on a day: holders, vacancies, and the line upwards."""

from dataclasses import replace

import pytest

from tests.timeline.builders import EVERYBODY, LINE, POSTS, directory, person_of
from tests.timeline.literals import day
from timeline.definitions.absences import Absence
from timeline.definitions.duties import LINE_MANAGER, OWNER
from timeline.definitions.people import AnswersAs, Directory, Holder, Person, Post

ON = day("Thu 14 Nov 2019")


def meant(who: Directory, selector: str, *, owner: str = "officer") -> str | None:
    recipient = who.meant(selector, owner=owner, on=ON)
    return recipient.person.key if recipient else None


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        ("Wed 13 Nov 2019", False),
        ("Thu 14 Nov 2019", True),
        ("Fri 15 Nov 2019", True),
        ("Mon 18 Nov 2019", True),
        ("Tue 19 Nov 2019", False),
    ],
)
def test_a_post_is_held_from_the_first_day_to_the_last_both_included(on: str, holds: bool) -> None:
    holder = Holder(post="director", person="director", from_on=day("Thu 14 Nov 2019"), until_on=day("Mon 18 Nov 2019"))
    assert holder.holds(on=day(on)) is holds
    assert (directory(holders=[holder]).holder("director", on=day(on)) is not None) is holds


def test_an_open_holding_has_no_first_and_no_last_day() -> None:
    holder = Holder(post="director", person="director")
    assert holder.holds(on=day("Mon 2 Jan 2012"))
    assert holder.holds(on=day("Fri 30 Dec 2050"))


def test_of_two_holders_on_one_day_the_first_listed_is_meant() -> None:
    both = directory(holders=[Holder(post="officer", person="anna"), Holder(post="officer", person="ben")])
    assert meant(both, OWNER) == "anna"


def test_in_a_line_with_everybody_present_each_selector_means_its_post() -> None:
    assert meant(EVERYBODY, OWNER) == "officer"
    assert meant(EVERYBODY, LINE_MANAGER) == "team-manager"
    assert meant(EVERYBODY, "director") == "director"
    assert meant(EVERYBODY, LINE_MANAGER, owner="director") == "chief-executive"


@pytest.mark.parametrize("gone", range(1, len(LINE)))
def test_what_was_for_a_vacant_post_goes_to_the_first_line_manager_present(gone: int) -> None:
    left = directory(vacant=LINE[:gone])
    first_present = person_of(LINE[gone])
    assert [meant(left, selector) for selector in (OWNER, LINE_MANAGER, "officer")] == [first_present] * 3


def test_the_recipient_carries_the_post_that_is_written_to() -> None:
    recipient = directory(vacant=["officer"]).meant(OWNER, owner="officer", on=ON)
    assert recipient is not None
    assert (recipient.post.key, recipient.person.address) == ("team_manager", "team-manager@council.example")


def test_where_nobody_is_left_nobody_is_meant() -> None:
    assert meant(directory(vacant=LINE), OWNER) is None
    assert meant(EVERYBODY, LINE_MANAGER, owner="chief_executive") is None
    assert meant(EVERYBODY, "no_such_post") is None


def test_a_line_that_bites_its_own_tail_ends() -> None:
    posts = {
        "one": Post(key="one", title="One", line_manager="two"),
        "two": Post(key="two", title="Two", line_manager="one"),
    }
    circle = Directory(posts=posts)
    assert circle.line("one") == ("one", "two")
    assert circle.meant(OWNER, owner="one", on=ON) is None


def test_a_line_ends_at_a_manager_nobody_knows() -> None:
    assert Directory(posts={"one": Post(key="one", title="One", line_manager="gone")}).line("one") == ("one",)


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        ("Wed 13 Nov 2019", ["Thu 14 Nov 2019"]),
        ("Thu 14 Nov 2019", ["Tue 19 Nov 2019"]),
        ("Mon 18 Nov 2019", ["Tue 19 Nov 2019"]),
        ("Tue 19 Nov 2019", []),
    ],
)
def test_the_next_change_is_the_day_somebody_comes_or_the_day_after_somebody_left(
    after: str, changes: list[str]
) -> None:
    holder = Holder(post="director", person="director", from_on=day("Thu 14 Nov 2019"), until_on=day("Mon 18 Nov 2019"))
    assert directory(holders=[holder]).changes_after(day(after)) == tuple(map(day, changes))
    assert EVERYBODY.changes_after(day(after)) == ()


def test_a_post_nobody_described_has_no_holder() -> None:
    someone = Person(key="anna", name="Anna", address="anna@council.example")
    stray = Directory(posts=POSTS, people={"anna": someone}, holders=(Holder(post="stray", person="anna"),))
    assert stray.holder("stray", on=ON) is None


@pytest.mark.parametrize(
    ("person", "above"),
    [
        ("officer", "team-manager"),
        ("team-manager", "head-of-service"),
        ("head-of-service", "director"),
        ("chief-executive", None),
        ("programme-lead", "team-manager"),  # stands on another line
    ],
)
def test_above_a_person_stands_the_next_manager_of_the_owners_line(person: str, above: str | None) -> None:
    recipient = next(iter(EVERYBODY.manager_above(person, owner="officer", on=ON)), None)
    assert (recipient.person.key if recipient else None) == above


def test_above_a_person_in_two_posts_stands_the_one_above_the_higher() -> None:
    acting = directory(
        holders=[Holder(post=post, person="anna") for post in ("officer", "head_of_service")], vacant=["director"]
    )
    recipients = acting.manager_above("anna", owner="officer", on=ON)
    assert [recipient.person.key for recipient in recipients] == ["chief-executive"]


# Who may answer for whom

AWAY = Absence(person="director", from_on=day("Wed 13 Nov 2019"), until_on=day("Fri 15 Nov 2019"))


def with_stand_ins(*absences: Absence) -> Directory:
    """Give the director with the head of service as deputy and the officer as assistant."""
    given = directory()
    posts = {**given.posts, "director": replace(given.posts["director"], deputy="head_of_service", assistant="officer")}
    return replace(given, posts=posts, absences=absences)


@pytest.mark.parametrize(
    ("by", "absences", "stand"),
    [
        ("director", (), AnswersAs.SELF),
        ("officer", (), AnswersAs.ASSISTANT),
        ("head_of_service", (), None),
        ("head_of_service", (AWAY,), AnswersAs.DEPUTY),
        ("officer", (AWAY,), AnswersAs.ASSISTANT),
        ("chief_executive", (AWAY,), None),
    ],
)
def test_the_deputy_answers_while_the_holder_is_away_and_the_assistant_always(
    by: str, absences: tuple[Absence, ...], stand: AnswersAs | None
) -> None:
    assert with_stand_ins(*absences).may_answer_for(person_of(by), "director", on=ON) == stand


def test_a_deputy_who_is_away_too_stands_in_for_nobody() -> None:
    recipient = with_stand_ins().deputy_of("director", on=ON)
    assert recipient is not None
    assert recipient.person.key == "head-of-service"
    assert with_stand_ins(replace(AWAY, person="head-of-service")).deputy_of("director", on=ON) is None


def test_an_address_is_somebodys_in_whatever_case_and_nobodys_when_two_have_it() -> None:
    who = directory()
    person = next(iter(who.people.values()))
    assert who.at_address(f" {person.address.upper()} ") == person
    twice = {**who.people, "twin": replace(person, key="twin")}
    assert replace(who, people=twice).at_address(person.address) is None
