"""Test storing what the rules give, again and again."""

import json
from dataclasses import replace

from sqlmodel import Session

from models.store import Store
from models.store.base.json_values import written
from models.tables import MilestoneRow
from tests.models import world
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, State
from timeline.definitions.duties import Ladder
from timeline.definitions.facts import Embargo
from timeline.planning.occurrences import OccurrenceState

LATER = at("Mon 2 Sep 2019 07:31")
MOVED = day("Thu 5 Dec 2019")
DUTIES = {"action-plan"}


def row(store: Store) -> MilestoneRow:
    with Session(store.engine) as session:
        return session.get_one(MilestoneRow, (store.council, world.REF))


def generation(store: Store) -> int:
    stored = store.plan.milestone(world.REF)
    assert stored is not None
    return stored.generation


def test_occurrences_come_back_with_their_milestones_in_order(store: Store) -> None:
    second = world.milestone(ref="action-plan/1/a-second", key="a-second", due_on=None, legal_on=None, waits_for=("x",))
    given = world.occurrence(world.milestone(), second)
    store.plan.sync([given], obligations=world.DUTIES, at=LATER)
    assert store.plan.occurrences() == (given,)
    assert store.plan.milestones() == given.milestones
    assert store.plan.milestones("action-plan/1/a") == (second,)


def test_the_same_rows_give_the_same_value_and_a_milestone_in_another_place_gives_another(store: Store) -> None:
    second = world.milestone(ref="action-plan/1/a-second", key="a-second")
    for given in (world.occurrence(world.milestone(), second), world.occurrence(second, world.milestone())):
        store.plan.sync([given], obligations=world.DUTIES, at=LATER)
        before = store.plan.occurrences()
        assert before == (given,)
        assert store.plan.occurrences() is before


def test_synced_again_nothing_is_written(store: Store) -> None:
    before, events = row(store), len(store.audit.events())
    store.plan.sync([world.occurrence()], obligations=world.DUTIES, at=LATER)
    assert row(store) == before
    assert len(store.audit.events()) == events


def test_a_new_milestone_is_looked_at_at_once(store: Store) -> None:
    assert store.plan.due_refs(DUTIES, until=world.APPLIED_AT, at=world.APPLIED_AT) == {world.REF}
    assert store.plan.due_refs({"plo-panel"}, until=world.APPLIED_AT, at=world.APPLIED_AT) == frozenset()


def test_a_moved_milestone_has_new_links_is_looked_at_and_keeps_its_trail(store: Store) -> None:
    store.ledger.write([world.decision(next_rung_at=None)], at=world.APPLIED_AT)
    events = len(store.audit.events())
    moved = world.milestone(due_on=MOVED, legal_on=MOVED)
    store.plan.sync([world.occurrence(moved)], obligations=world.DUTIES, at=LATER)
    assert generation(store) == 1
    assert store.plan.due_refs(DUTIES, until=LATER, at=LATER) == {world.REF}
    (event,) = store.audit.events(events)
    assert (event.what, event.ref, event.at) == ("moved", world.REF, LATER)
    assert event.before == '{"due_on":"2019-11-28","legal_on":"2019-11-28"}'
    assert event.after == '{"due_on":"2019-12-05","legal_on":"2019-12-05"}'


def test_a_reassigned_milestone_has_new_links(store: Store) -> None:
    events = len(store.audit.events())
    store.plan.sync([world.occurrence(world.milestone(owner="director"))], obligations=world.DUTIES, at=LATER)
    assert generation(store) == 1
    assert [
        (audit_event.what, audit_event.before, audit_event.after) for audit_event in store.audit.events(events)
    ] == [("reassigned", "officer", "director")]


def test_a_milestone_reworded_keeps_its_links_and_is_looked_at(store: Store) -> None:
    store.ledger.write([world.decision(next_rung_at=None)], at=world.APPLIED_AT)
    reworded = world.milestone(title="First draft of the plan")
    store.plan.sync([world.occurrence(reworded)], obligations=world.DUTIES, at=LATER)
    assert store.plan.milestones() == (reworded,)
    assert generation(store) == 0
    assert store.plan.due_refs(DUTIES, until=LATER, at=LATER) == {world.REF}


def test_an_occurrence_keeps_its_first_date_when_it_moves(store: Store) -> None:
    events = len(store.audit.events())
    moved = world.occurrence(
        state=OccurrenceState.POSTPONED, original_on=MOVED, legal_on=MOVED, working_on=MOVED, why=("Set anew.",)
    )
    store.plan.sync([moved], obligations=world.DUTIES, at=LATER)
    (occurrence,) = store.plan.occurrences()
    assert occurrence == replace(moved, original_on=day("Fri 29 Nov 2019"))
    (event,) = store.audit.events(events)
    assert (event.what, event.why) == ("postponed", "Set anew.")
    store.plan.sync([moved], obligations=world.DUTIES, at=LATER)
    assert len(store.audit.events()) == events + 1


def test_the_ladder_may_change_until_the_milestone_opens_and_then_no_more(store: Store) -> None:
    shorter, other = (Ladder(key=key, rungs=world.LADDER.rungs[:1]) for key in ("shorter", "other"))
    store.plan.sync([world.occurrence(world.milestone(ladder=shorter))], obligations=world.DUTIES, at=world.APPLIED_AT)
    assert store.plan.frozen_ladders({world.REF}) == {}
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    store.plan.sync(
        [world.occurrence(world.milestone(ladder=other, title="New"))], obligations=world.DUTIES, at=world.MORNING
    )
    assert store.plan.frozen_ladders({world.REF}) == {world.REF: shorter}
    assert store.plan.milestones() == (world.milestone(ladder=shorter, title="New"),)


def test_done_stays_done_when_the_date_moves_and_other_answers_fall(store: Store) -> None:
    world.answer(store)
    store.plan.sync([world.occurrence(world.milestone(due_on=MOVED))], obligations=world.DUTIES, at=LATER)
    assert row(store).state is State.OPEN
    world.answer(store, world.response(Answer.DONE, evidence="https://example"), expected=1, state=State.DONE)
    store.plan.sync([world.occurrence()], obligations=world.DUTIES, at=world.MORNING)
    assert row(store).state is State.DONE
    assert store.plan.due_refs(DUTIES, until=at("Tue 1 Dec 2020 08:00"), at=at("Tue 1 Dec 2020 08:00")) == frozenset()


def test_a_milestone_the_rules_no_longer_give_is_dropped_and_may_come_back(store: Store) -> None:
    other = world.milestone(ref="action-plan/1/other", key="other")
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    store.plan.sync([world.occurrence(other)], obligations=world.DUTIES, at=world.MORNING)
    assert store.plan.milestones() == (other,)
    assert store.plan.milestone(world.REF) is None
    assert store.ledger.pending(at=world.MAIL_AT) == ()
    store.plan.sync([world.occurrence(world.milestone(), other)], obligations=world.DUTIES, at=world.MORNING)
    assert store.plan.milestones() == (world.milestone(), other)


def test_references_are_found_by_their_beginning_and_the_very_one_alone(store: Store) -> None:
    tenth = world.occurrence(ref="action-plan/10", number=10, milestones=())
    store.plan.sync([world.occurrence(), tenth], obligations=world.DUTIES, at=LATER)
    assert store.plan.find("action-plan/1/f") == (world.REF,)
    assert store.plan.find("action-plan/1") == ("action-plan/1",)
    assert store.plan.find("action") == ("action-plan/1", world.REF, "action-plan/10")
    assert store.plan.find("ACTION") == store.plan.find("action%") == store.plan.find("x") == ()


def test_a_set_is_written_in_the_same_order_whatever_order_it_has_in_this_process() -> None:
    posts = [f"post-{n:02}" for n in range(50)]
    definition = written(Embargo(circulation=frozenset(reversed(posts))))
    assert json.loads(definition)["circulation"] == posts


def test_an_occurrence_no_longer_planned_is_dropped_and_comes_back_with_its_number_and_first_date(store: Store) -> None:
    second = world.occurrence(ref="action-plan/2", number=2, milestones=())
    store.plan.sync([world.occurrence(), second], obligations=DUTIES, at=LATER)
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    events = len(store.audit.events())
    store.plan.sync([second], obligations=DUTIES, at=world.MORNING)
    assert (store.plan.occurrences(), store.plan.milestones(), store.plan.find("action-plan/1")) == ((second,), (), ())
    assert store.ledger.pending(at=world.MAIL_AT) == ()
    assert [(audit_event.what, audit_event.ref) for audit_event in store.audit.events(events)] == [
        ("prompt suppressed", world.REF),
        ("dropped", "action-plan/1"),
        ("dropped", world.REF),
    ]
    again = world.occurrence(original_on=MOVED, legal_on=MOVED)
    store.plan.sync([again, second], obligations=DUTIES, at=world.MORNING)
    assert store.plan.occurrences()[0] == replace(again, original_on=day("Fri 29 Nov 2019"))
    assert "planned again" in [audit_event.what for audit_event in store.audit.events(events)]


def test_what_is_not_of_these_duties_or_lies_beyond_an_earlier_look_stays(store: Store) -> None:
    store.plan.sync([], obligations={"plo-panel"}, at=LATER)
    store.plan.sync([], obligations=DUTIES, at=at("Mon 12 Nov 2018 09:00"))
    assert len(store.plan.occurrences()) == 1
    store.plan.sync([], obligations=DUTIES, at=at("Mon 26 Nov 2018 09:00"))
    assert store.plan.occurrences() == ()


OCCURRENCE = "action-plan/1"


def sequence(store: Store) -> int:
    return store.plan.kept_occurrences([OCCURRENCE])[OCCURRENCE].sequence


def test_each_change_of_an_occurrences_days_raises_its_sequence_and_nothing_else_does(store: Store) -> None:
    planned = world.occurrence()
    moved = replace(planned, starts_on=MOVED, ends_on=MOVED)
    seen = []
    for given in (
        planned,
        moved,
        moved,
        replace(moved, title="Another title", state=OccurrenceState.CONFIRMED),
        replace(moved, state=OccurrenceState.CANCELLED),
        replace(moved, state=OccurrenceState.POSTPONED),
        replace(moved, ends_on=day("Fri 6 Dec 2019")),
    ):
        store.plan.sync([given], obligations=world.DUTIES, at=LATER)
        seen.append(sequence(store))
    assert seen == [0, 1, 1, 1, 2, 3, 4]
    assert store.plan.calendar_sequences()[OCCURRENCE] == 4


def test_an_occurrence_that_is_gone_and_comes_back_has_changed_twice(store: Store) -> None:
    store.plan.sync([], obligations=world.DUTIES, at=LATER)
    gone = store.plan.kept_occurrences([OCCURRENCE])[OCCURRENCE]
    assert (gone.gone, gone.sequence) == (True, 1)
    store.plan.sync([world.occurrence()], obligations=world.DUTIES, at=LATER)
    back = store.plan.kept_occurrences([OCCURRENCE])[OCCURRENCE]
    assert (back.gone, back.sequence) == (False, 2)
