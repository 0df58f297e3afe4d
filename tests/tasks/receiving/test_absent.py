"""Test that nobody falls through: a real store and real mail when somebody is away, comes back or is heard to
be away.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models.store import Store
from tests.harness import World, tokens
from tests.timeline.literals import at, day
from timeline.answers.inbound import Inbound, InboundState
from timeline.answers.responses import Answer
from timeline.definitions.absences import Absence
from timeline.definitions.people import Directory

OWNER, DEPUTY = "performance_lead", "improvement_programme_lead"
PERSON = "performance-lead"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        _deputise(world, OWNER, DEPUTY)
        yield world


def _deputise(world: World, post: str, deputy: str) -> None:
    def changed(who: Directory) -> Directory:
        return replace(who, posts={**who.posts, post: replace(who.posts[post], deputy=deputy)})

    _change(world, changed)


def _change(world: World, change: object) -> None:
    timeline = world.timeline
    changed = replace(timeline, directory=change(timeline.directory))  # type: ignore[operator]
    world.store.changes.apply(changed, at=world.now, who="the story", source="medway.yaml", digest=f"{world.now}")


def _away(world: World, first: str, last: str) -> None:
    away = Absence(person=PERSON, from_on=day(first), until_on=day(last))
    _change(world, lambda who: replace(who, absences=(away,)))


def test_while_somebody_is_away_the_deputy_is_asked_and_may_answer(world: World) -> None:
    _away(world, "Wed 28 Aug 2019", "Mon 2 Sep 2019")
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.expect_no_mail(to=OWNER)
    mail = world.expect_mail(to=DEPUTY)
    assert "The Performance lead is away, so this comes to you." in " ".join(mail.text.split())
    assert len(tokens(mail)) == 1
    (ref,) = world.store.ledger.entries(frozenset({"plo-panel"}))
    world.answer(ref, Answer.ACKNOWLEDGED, by=DEPUTY)
    stored = world.store.plan.milestone(ref)
    assert stored is not None
    assert stored.responses[-1].person == world.person(DEPUTY)


def test_whoever_is_back_is_told_once_what_went_to_the_deputy(world: World) -> None:
    _away(world, "Wed 28 Aug 2019", "Mon 2 Sep 2019")
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    world.live("Mon 2 Sep 2019 08:30", "plo-panel")
    world.expect_no_mail(to=OWNER)
    world.live("Tue 3 Sep 2019 08:30", "plo-panel")
    mail = world.expect_mail(to=OWNER, about="While you were away")
    assert "List of cases to the chair" in mail.text
    assert "It went to the Head of Specialist Projects." in " ".join(mail.text.split())
    assert "absen" not in mail.text
    world.live("Tue 3 Sep 2019 08:40", "plo-panel")
    world.live("Wed 4 Sep 2019 08:30", "plo-panel")
    world.expect_no_mail(about="While you were away")


def test_who_missed_nothing_is_told_nothing(world: World) -> None:
    _away(world, "Wed 28 Aug 2019", "Wed 28 Aug 2019")
    world.live("Thu 29 Aug 2019 08:30")
    world.expect_no_mail(about="While you were away")


def test_an_absence_heard_of_after_the_prompt_was_written_sends_it_to_the_deputy_at_once(world: World) -> None:
    world.at("Wed 28 Aug 2019 07:30").decide("plo-panel")
    world.at("Wed 28 Aug 2019 08:00")
    _hear(world.store)
    world.at("Wed 28 Aug 2019 08:30").deliver()
    world.expect_no_mail(to=OWNER)
    world.expect_mail(to=DEPUTY)
    (ref,) = world.store.ledger.entries(frozenset({"plo-panel"}))
    assert world.reasons(ref) == ["It is somebody else's now."]
    world.live("Tue 3 Sep 2019 08:30", "plo-panel")
    world.expect_mail(to=OWNER, about="To do today")  # back, and open still


def _hear(store: Store) -> None:
    said = Inbound(
        id="away-1",
        via="mail",
        received_at=at("Wed 28 Aug 2019 08:00"),
        kind="auto_reply",
        state=InboundState.RECORDED,
        why="Away.",
        person=PERSON,
    )
    store.inbound.record_absence(
        said, Absence(person=PERSON, from_on=day("Wed 28 Aug 2019"), until_on=day("Mon 2 Sep 2019"))
    )


def test_acting_cover_and_working_days_are_kept(world: World) -> None:
    def changed(who: Directory) -> Directory:
        (first, *others) = who.holders
        person = replace(who.people[PERSON], works=(0, 1, 2))
        return replace(who, holders=(replace(first, acting=True), *others), people={**who.people, PERSON: person})

    _change(world, changed)
    kept = world.timeline.directory
    assert kept.holders[0].acting
    assert not kept.holders[1].acting
    assert kept.people[PERSON].works == (0, 1, 2)


def test_what_a_leaver_said_falls_and_the_next_holder_is_asked(world: World) -> None:
    world.live("Wed 28 Aug 2019 08:30", "plo-panel")
    (ref,) = world.store.ledger.entries(frozenset({"plo-panel"}))
    world.answer(ref, Answer.ACKNOWLEDGED, by=OWNER)

    def changed(who: Directory) -> Directory:
        left = [
            replace(holder, until_on=day("Thu 29 Aug 2019")) if holder.post == OWNER else holder
            for holder in who.holders
        ]
        comes = replace(left[0], post=OWNER, person="training-lead", from_on=day("Fri 30 Aug 2019"), until_on=None)
        return replace(who, holders=(*left, comes))

    _change(world, changed)
    world.live("Thu 29 Aug 2019 08:30", "plo-panel")
    world.expect_no_mail(about="List of cases")
    world.live("Fri 30 Aug 2019 08:30", "plo-panel")
    assert "training.lead@medway.example" in [
        opened_mail.envelope_to[0] for opened_mail in world.mails(about="List of cases")
    ]
    stored = world.store.plan.milestone(ref)
    assert stored is not None
    assert [response.answer for response in stored.responses] == [Answer.ACKNOWLEDGED]
