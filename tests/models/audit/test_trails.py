"""Test the trail of one item, for `daymark show` and `daymark why`."""

from models.store import Store, Trail
from tests.models import world
from tests.timeline.literals import at, day
from timeline.answers.responses import Answer, State

DONE_AT = at("Fri 15 Nov 2019 11:00")
DONE = world.response(Answer.DONE, at=DONE_AT, evidence="https://example/1", text="All of it", answered_by="Pat")


def lived(store: Store) -> None:
    store.ledger.write([world.decision(world.prompt())], at=world.MORNING)
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    key = f"mail/ann/{store.council}"
    store.outbox.compose(world.message(store, pending.id, key=key), token_hashes=["h"], at=world.MAIL_AT)
    world.sent(store, key)
    world.answer(store, DONE, state=State.DONE)


def test_a_trail_tells_what_was_said_sent_and_answered_in_order(store: Store) -> None:
    lived(store)
    mail = "mail"
    assert store.audit.trail(world.REF) == (
        Trail(world.MORNING, "daymark for ann", "prompt written", "", "The rung first."),
        Trail(world.MAIL_AT, "daymark for ann", "message composed", mail, ""),
        Trail(world.MAIL_AT, "daymark for ann", "attempt 1: accepted", mail, "250 2.0.0 queued"),
        Trail(DONE_AT, "Pat for ann", "done", "page", "open → done; All of it; evidence: https://example/1"),
    )


def test_a_trail_says_what_moved_in_words(store: Store) -> None:
    moved = world.milestone(due_on=day("Thu 5 Dec 2019"), owner="director")
    store.plan.sync([world.occurrence(moved)], obligations=world.DUTIES, at=world.MORNING)
    assert store.audit.trail(world.REF) == (
        Trail(world.MORNING, "daymark", "moved", "", "due on 2019-11-28 → 2019-12-05"),
        Trail(world.MORNING, "daymark", "reassigned", "", "officer → director"),
    )


def test_a_trail_of_an_occurrence_holds_those_of_its_milestones(store: Store) -> None:
    lived(store)
    trails = store.audit.trail("action-plan/1")
    assert trails[0].what == "planned"
    assert set(store.audit.trail(world.REF)) < set(trails)


def test_a_trail_holds_nothing_of_others(store: Store) -> None:
    other = world.milestone(ref="action-plan/1/first-draft-2", key="first-draft-2", due_on=day("Mon 2 Dec 2019"))
    store.plan.sync([world.occurrence(world.milestone(), other)], obligations=world.DUTIES, at=world.APPLIED_AT)
    lived(store)
    assert store.audit.trail(other.ref) == ()
    assert store.audit.trail("action-plan/1/first") == ()


def test_what_was_erased_is_said_to_be(store: Store) -> None:
    lived(store)
    store.privacy.erase_texts(store.audit.events()[-1].texts.values(), at=DONE_AT, who="lead", why="Asked for.")
    assert store.audit.trail(world.REF)[-1] == Trail(
        DONE_AT, "(erased) for ann", "done", "page", "open → done; (erased); evidence: (erased)"
    )
