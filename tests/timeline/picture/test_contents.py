"""Test what a picture says: the message in its headline, the colour of each item, its days, and what has moved."""

from dataclasses import replace
from datetime import date

import pytest

from tests.timeline.literals import at, day
from tests.timeline.picture.pictured import medway, shown, work
from timeline.answers.responses import Answer
from timeline.definitions.facts import HANDED_OVER, Fact
from timeline.picture.contents import Contents, Span, year_round
from timeline.picture.groups import Group
from timeline.picture.items import Item, Mark
from timeline.picture.table import table
from timeline.steering.today import today
from timeline.window.overview import overview
from timeline.window.standing import standing

THURSDAY = "Thu 21 Nov 2019 09:00"


def item(of: Contents, ref: str) -> Item:
    return next(item for row in of.rows for item in row.items if item.ref == ref)


def said(name: str, on: str, of: str, until: str = "") -> Fact:
    return Fact(
        name=name,
        on=day(on),
        until=day(until) if until else None,
        known_at=at("Mon 2 Sep 2019 09:00"),
        who="Ofsted",
        source="letter",
        occurrence=of,
    )


def handed_over(to: str, known: str) -> Fact:
    instant = at(known)
    return Fact(name=HANDED_OVER, on=instant.date(), known_at=instant, source="the Order", called=to)


def test_the_groups_stand_in_their_order_and_hold_every_duty_that_has_an_occurrence() -> None:
    rows = shown(THURSDAY).rows
    assert list(dict.fromkeys(row.group for row in rows)) == [group for group in Group if group is not Group.NOTICE]
    of_group = {row.duty: row.group for row in rows}
    assert of_group["action-plan"] is of_group["commissioner-steps"] is of_group["dfe-review"] is Group.LAW
    assert of_group["monitoring-visit"] is Group.OFSTED
    assert of_group["cabinet-report"] is Group.DECISIONS
    assert of_group["plo-panel"] is Group.BOARDS
    assert of_group["practice-manager-training"] is Group.TRAINING
    assert [row.duty for row in rows if row.is_law] == [
        "publish-report",
        "action-plan",
        "commissioner-report",
        "special-urgency-report",
    ]


def test_the_headline_counts_what_is_red_and_amber_and_names_the_next_date_of_law() -> None:
    of = shown(THURSDAY)
    marks = [row.state for row in table(of)]
    red, amber = marks.count("red"), marks.count("amber")
    assert of.headline == f"{red} red, {amber} amber; next legal date Thu 28 Nov"


def test_a_date_of_law_that_is_met_is_not_the_next_one() -> None:
    of = shown(THURSDAY, {"action-plan/1/submitted": Answer.DONE})
    assert item(of, "action-plan/1").mark is Mark.DONE
    assert of.headline.endswith("next legal date Sun 1 Dec")


def test_a_task_that_is_red_or_amber_has_a_mark_of_its_own_but_not_the_one_that_completes_its_occurrence() -> None:
    refs = [row.ref for row in table(shown(THURSDAY)) if row.state in ("red", "amber")]
    assert "action-plan/1" in refs
    assert "action-plan/1/submitted" not in refs
    assert "action-plan/1/director-sign-off" in refs or any(ref.startswith("action-plan/1/") for ref in refs)


def test_a_meeting_whose_tasks_are_all_done_is_done_and_one_with_help_asked_shows_that_task() -> None:
    tasks = ["plo-panel/3/cases", "plo-panel/3/papers", "plo-panel/3/minutes", "plo-panel/3/actions"]
    done = dict.fromkeys(tasks, Answer.DONE)
    assert item(shown(THURSDAY, done), "plo-panel/3").mark is Mark.DONE
    of = shown("Tue 5 Nov 2019 09:00", {"plo-panel/3/papers": Answer.HELP})
    assert item(of, "plo-panel/3/papers").mark in (Mark.RED, Mark.AMBER)


def test_a_window_keeps_its_days_until_it_is_confirmed() -> None:
    before = item(shown(THURSDAY), "monitoring-visit/1")
    assert before.is_window
    assert (before.first_on, before.last_on) == (day("Thu 28 Nov 2019"), day("Thu 27 Feb 2020"))
    confirmed = said("visit_confirmed", "Tue 10 Dec 2019", "monitoring-visit/1", "Wed 11 Dec 2019")
    after = item(shown(THURSDAY, {}, confirmed), "monitoring-visit/1")
    assert not after.is_window
    assert (after.first_on, after.last_on, after.was_on) == (day("Tue 10 Dec 2019"), day("Wed 11 Dec 2019"), None)


def test_what_has_moved_keeps_the_date_first_given_and_what_is_cancelled_says_so() -> None:
    moved = said("moved", "Tue 17 Dec 2019", "plo-panel/4")
    cancelled = said("cancelled", "Tue 14 Jan 2020", "plo-panel/5")
    held = said("held", "Tue 8 Oct 2019", "plo-panel/2")
    of = shown(THURSDAY, {}, moved, cancelled, held)
    assert item(of, "plo-panel/4").was_on == day("Tue 10 Dec 2019")
    assert item(of, "plo-panel/5").mark is Mark.CANCELLED
    assert item(of, "plo-panel/2").mark is Mark.DONE


def test_what_waits_for_a_fact_says_for_which() -> None:
    waiting = item(shown(THURSDAY), "action-plan-resubmission/1")
    assert (waiting.mark, waiting.on) == (Mark.WAITS, None)
    assert waiting.why == "Waits for action plan resubmission due."


def test_the_table_of_a_span_has_what_lies_in_it_what_is_pressing_and_what_waits() -> None:
    of, span = shown(THURSDAY), Span(date(2019, 12, 1), date(2019, 12, 31))
    for row in table(of, span):
        inside = row.on is None or (row.on <= span.to_on and (row.until_on or row.on) >= span.from_on)
        assert inside or row.state in ("red", "amber")
    assert {"plo-panel/4", "action-plan-resubmission/1"} <= {row.ref for row in table(of, span)}
    assert "plo-panel/5" not in {row.ref for row in table(of, span)}


@pytest.mark.parametrize(
    ("on", "from_on", "to_on"),
    [
        ("Thu 21 Nov 2019", "Tue 1 Oct 2019", "Wed 30 Sep 2020"),
        ("Wed 1 Jan 2020", "Sun 1 Dec 2019", "Mon 30 Nov 2020"),
        ("Sat 29 Feb 2020", "Wed 1 Jan 2020", "Thu 31 Dec 2020"),
    ],
)
def test_a_page_shows_the_month_before_and_the_eleven_after(on: str, from_on: str, to_on: str) -> None:
    assert year_round(day(on)) == (day(from_on), day(to_on))


def test_everything_that_is_shaded_has_a_name() -> None:
    shades = shown(THURSDAY).shades
    assert {shade.kind for shade in shades} == {"pre-election", "holiday"}
    assert all(shade.name for shade in shades)
    assert medway().council.pre_election_periods[0].name in {shade.name for shade in shades}


def test_of_a_council_that_has_ended_it_says_who_has_its_duties_and_shows_no_date_as_its_own() -> None:
    over = handed_over("East Council; West Council", "Wed 20 Nov 2019 07:10")
    of = shown(THURSDAY, {"action-plan/1/submitted": Answer.DONE}, over)
    said_so = "Medway Council ended on Wednesday 20 November 2019: East Council and West Council have"
    assert of.headline == of.ended == f"{said_so} its duties now."
    left_open = [item for row in of.rows for item in row.items if item.mark not in (Mark.DONE, Mark.CANCELLED)]
    assert {(item.mark, item.why) for item in left_open} == {(Mark.WAITS, f"{said_so} this now.")}
    assert item(of, "action-plan/1").mark is Mark.DONE
    assert overview(of).law == ()
    stands = standing(of, None, council="medway")
    assert (stands.colour, stands.law, stands.ended) == ("green", (), of.ended)
    assert shown(THURSDAY).ended == ""


def test_the_start_page_of_a_council_that_has_ended_names_no_legal_date() -> None:
    over = handed_over("East Council", "Wed 20 Nov 2019 07:10")
    of_all, of_ended = (work(THURSDAY, of=of) for of in (medway(), replace(medway(), facts=(*medway().facts, over))))
    given = [today(each, council="medway", assurance=None, at=at(THURSDAY)).law for each in (of_all, of_ended)]
    assert [bool(law) for law in given] == [True, False]
