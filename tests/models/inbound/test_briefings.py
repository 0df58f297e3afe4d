"""Test drafts for the lead member in the memory: made once, settled once, each with its event."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from models.store import OutgoingNotice, Store
from tests.models import world
from tests.support.rotation import CROWD
from tests.timeline.literals import at
from timeline.delivery.messages import Message, TokenClaims
from timeline.director.briefings import Because, Briefing, BriefingDecision, BriefingState, settled

MADE_AT = at("Tue 26 Nov 2019 08:25")
DRAFT = Briefing(milestone=world.REF, due_on=world.DUE, because=Because.CLOSE, made_at=MADE_AT)
RELEASED = settled(DRAFT, BriefingState.RELEASED, by="bob", at=MADE_AT, message="briefing/1")
DISCARDED = settled(DRAFT, BriefingState.DISCARDED, by="bob", at=MADE_AT)
LETTER = OutgoingNotice(
    Message(
        key="briefing/1",
        channel="mail",
        deliver_to="ann",
        kind="briefing",
        subject="Briefing",
        text="…",
        html="…",
        tokens=(TokenClaims(person="ann", message="briefing/1"),),
        prompts=(),
        composed_at=MADE_AT,
    ),
    ["ab" * 32],
)


def keep(store: Store, *made: Briefing) -> None:
    store.inbound.keep_briefings(BriefingDecision(made=made), at=MADE_AT)


def release(store: Store) -> bool:
    return store.inbound.release_briefing(RELEASED, LETTER, for_whom="", via="page", at=MADE_AT)


def whats(store: Store) -> list[str]:
    return [
        audit_event.what for audit_event in store.audit.events() if audit_event.what.startswith(("briefing", "message"))
    ]


def test_a_draft_comes_back_as_it_was_given_and_is_kept_once(store: Store) -> None:
    keep(store, DRAFT)
    keep(store, replace(DRAFT, because=Because.OVERDUE))
    assert store.inbound.briefings() == (DRAFT,)
    assert whats(store) == ["briefing drafted"]


def test_of_many_who_release_at_once_one_does_and_one_mail_waits(store: Store) -> None:
    keep(store, DRAFT)
    with ThreadPoolExecutor(CROWD) as pool:
        assert sorted(pool.map(lambda _: release(store), range(CROWD))) == [False] * (CROWD - 1) + [True]
    assert store.inbound.briefings() == (RELEASED,)
    assert [message.key for message in store.outbox.to_send(at=MADE_AT, lease=world.LEASE)] == ["briefing/1"]
    assert whats(store) == ["briefing drafted", "message composed", "briefing released"]
    assert store.audit.verify() is None


def test_what_was_settled_is_settled(store: Store) -> None:
    keep(store, DRAFT)
    assert store.inbound.discard_briefing(DISCARDED, for_whom="", via="page", at=MADE_AT)
    assert not release(store)
    keep(store, DRAFT)
    store.inbound.keep_briefings(
        BriefingDecision(withdrawn=((replace(DRAFT, milestone="gone"), "It is done."),)), at=MADE_AT
    )
    assert store.inbound.briefings() == (DISCARDED,)
    assert store.outbox.message("briefing/1") is None


def test_what_was_taken_back_can_be_made_anew(store: Store) -> None:
    keep(store, DRAFT)
    store.inbound.keep_briefings(BriefingDecision(withdrawn=((DRAFT, "It is done."),)), at=MADE_AT)
    assert [briefing.state for briefing in store.inbound.briefings()] == [BriefingState.WITHDRAWN]
    assert not release(store)
    keep(store, DRAFT)
    assert store.inbound.briefings() == (DRAFT,)
    assert whats(store) == ["briefing drafted", "briefing withdrawn", "briefing drafted"]


def test_what_somebody_settled_is_told_to_whoever_asks_what_is_held_about_them(store: Store) -> None:
    keep(store, DRAFT)
    release(store)
    (given,) = store.privacy.person_data("bob")["briefings_settled"]
    assert (given["milestone"], given["state"]) == (world.REF, "released")
    assert store.privacy.person_data("ann")["briefings_settled"] == []
