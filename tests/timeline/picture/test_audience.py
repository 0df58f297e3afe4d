"""Test that nothing under embargo reaches those who may not hear: the report between its receipt and its
publication.
"""

from dataclasses import replace

import pytest

from config.rendering.picture_svg import svg
from tests.timeline.literals import at, day
from tests.timeline.picture.pictured import medway, shown, work
from timeline.definitions.facts import Fact
from timeline.picture.audience import Audience
from timeline.picture.contents import Contents, contents
from timeline.picture.layout import lay_out
from timeline.picture.paper import PAGE
from timeline.picture.table import table

RECEIVED = "Wed 21 Aug 2019 09:00"
IN_CONFIDENCE = ["Wed 21 Aug 2019 09:00", "Thu 22 Aug 2019 09:00", "Mon 26 Aug 2019 23:59"]


def as_if_never_received(moment: str, audience: Audience) -> Contents:
    unheard = tuple(fact for fact in medway().facts if fact.name != "report_received")
    return contents(work(moment, of=replace(medway(), facts=unheard)), audience=audience, at=at(moment))


@pytest.mark.parametrize("moment", IN_CONFIDENCE)
def test_a_board_sees_the_timeline_as_if_the_report_had_not_come(moment: str) -> None:
    """Test that not even the row that waited for the report is gone: that would tell that it has come."""
    seen, before = shown(moment, audience=Audience.BOARD), as_if_never_received(moment, Audience.BOARD)
    assert [row for row in table(seen) if row.on] == [row for row in table(before) if row.on]
    assert [(row.ref, row.state, row.why) for row in table(seen)] == [
        (row.ref, row.state, row.why) for row in table(before)
    ]
    assert seen.headline == before.headline


def test_no_date_that_follows_from_it_stands_in_the_boards_picture_until_it_is_published() -> None:
    for moment, told in [*((moment, False) for moment in IN_CONFIDENCE), ("Tue 27 Aug 2019 00:00", True)]:
        drawn = svg(lay_out(shown(moment, audience=Audience.BOARD), PAGE))
        assert ("28 Nov" in drawn) is told, moment
        assert ("3 Oct" in drawn) is told, moment


def test_the_programme_lead_is_in_its_circulation() -> None:
    assert "28 Nov" in svg(lay_out(shown(RECEIVED, audience=Audience.PROGRAMME_TEAM), PAGE))


def test_a_draft_letter_is_for_the_director_and_two_more_so_the_programme_team_does_not_see_its_tasks() -> None:
    visit = "monitoring-visit/1"
    moment = "Tue 24 Dec 2019 09:00"
    facts = [
        Fact(name="visit_confirmed", on=day("Tue 10 Dec 2019"), known_at=at("Mon 25 Nov 2019 09:00"), occurrence=visit),
        Fact(
            name="draft_letter_received",
            on=day("Thu 19 Dec 2019"),
            known_at=at("Thu 19 Dec 2019 09:00"),
            occurrence=visit,
            embargo=dict(medway().council.embargoes)["draft_letter_received"],
        ),
    ]
    timeline = replace(medway(), facts=(*medway().facts, *facts))
    secret = {
        milestone.ref
        for occurrence in work(moment, of=timeline).occurrences
        for milestone in occurrence.milestones
        if milestone.embargoes
    }
    assert secret
    for audience in Audience:
        seen = {row.ref for row in table(contents(work(moment, of=timeline), audience=audience, at=at(moment)))}
        assert visit in seen
        assert not seen & secret


@pytest.mark.parametrize("audience", list(Audience))
def test_no_person_is_named(audience: Audience) -> None:
    drawn = svg(lay_out(shown("Thu 21 Nov 2019 09:00", audience=audience), PAGE))
    posts = {post.title.lower() for post in medway().directory.posts.values()}
    # Some people of Medway are called as a post is, or begins.
    people = medway().directory.people.values()
    named = {person.name for person in people if not any(person.name.lower() in post for post in posts)}
    assert not [name for name in named if name in drawn]
    assert "@" not in drawn
