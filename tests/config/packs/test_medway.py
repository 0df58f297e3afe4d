"""Test the facts, posts and people of the Medway timelines, and the demo that is laid round today."""

import re
from datetime import date
from pathlib import Path

import pytest

from config.load import TIMELINES, load
from tests.config.medway import duties, medway
from tests.timeline.literals import at, day
from timeline.definitions.duties import Level
from timeline.planning.plan import plan


def test_every_fact_says_who_recorded_it_and_where_it_stands() -> None:
    assert len(medway().facts) >= 9
    for fact in medway().facts:
        assert fact.who
        assert fact.source


def test_the_days_of_the_real_case() -> None:
    assert {fact.name: fact.on for fact in medway().facts} == {
        "inspection": day("Mon 15 Jul 2019"),
        "report_received": day("Wed 21 Aug 2019"),
        "report_published": day("Tue 27 Aug 2019"),
        "statutory_direction": day("Tue 27 Aug 2019"),
        "commissioner_appointed": day("Tue 27 Aug 2019"),
        "commissioner_report_due": day("Sun 1 Dec 2019"),
        "cabinet_meeting": day("Tue 3 Sep 2019"),
        "next_cabinet_meeting": day("Tue 24 Sep 2019"),
        "action_plan_stated_due": day("Thu 28 Nov 2019"),
        "special_urgency_agreed": day("Tue 27 Aug 2019"),
        "special_urgency_decision": day("Tue 3 Sep 2019"),
        "early_help_scoping": day("Mon 2 Sep 2019"),
        "cabinet_feedback_report_due": day("Tue 31 Dec 2019"),
    }
    (inspection,) = (fact for fact in medway().facts if fact.name == "inspection")
    assert inspection.until == day("Fri 26 Jul 2019")


def test_what_no_source_states_is_marked_as_inferred_and_nothing_else_is() -> None:
    assert [fact.name for fact in medway().facts if fact.inferred] == ["report_received", "special_urgency_agreed"]


def test_no_decision_sees_a_fact_before_it_could_be_known() -> None:
    known = {fact.name: fact.known_at for fact in medway().facts}
    assert known["report_received"] == at("Wed 21 Aug 2019 00:00")
    published = at("Tue 27 Aug 2019 00:00")
    assert all(instant >= published for name, instant in known.items() if name not in ("inspection", "report_received"))


def test_posts_have_the_titles_of_the_document() -> None:
    posts = medway().directory.posts
    assert posts["director"].title == "Director of People"
    assert {posts[key].level for key in ("lead_member", "ofsted", "commissioner")} == {Level.MEMBER, Level.EXTERNAL}


def test_every_owner_has_a_line_that_leads_to_the_chief_executive() -> None:
    directory = medway().directory
    owners = {rule.owner for duty in duties().values() for rule in duty.milestones if rule.ours}
    for owner in owners:
        assert tuple(directory.line(owner))[-1] == "chief_executive"


@pytest.mark.parametrize("path", sorted(TIMELINES.glob("*.yaml")), ids=lambda path: path.name)
def test_only_example_addresses_stand_in_a_timeline(path: Path) -> None:
    text = path.read_text()
    assert all(each.endswith(".example") for each in re.findall(r"[\w.+'-]+@[\w.-]+", text))
    assert not re.search(r"\+?\d[\d ]{9,}\d", text), "no telephone number"
    assert all(person.address.endswith("@medway.example") for person in medway().directory.people.values())


@pytest.mark.parametrize("today", ["Mon 23 Nov 2026", "Sun 29 Nov 2026", "Tue 2 Mar 2027"])
def test_the_demo_lies_round_today(today: str) -> None:
    on = day(today)
    demo = load(TIMELINES / "demo.yaml", on=on)
    planned = {
        occurrence.ref: occurrence for occurrence in plan(demo, at=at(f"{today} 12:00"), until=date(on.year + 1, 6, 30))
    }
    due_on = planned["action-plan/1"].legal_on
    assert due_on is not None
    assert 0 <= (due_on - on).days <= 14
    assert demo.council.key == "demo"
    assert demo.council.shadow_by_default is False
    assert demo.directory == medway().directory
