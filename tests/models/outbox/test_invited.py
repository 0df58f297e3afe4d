"""Test who was invited to what: read from the mails that left, on both databases."""

from models.store import Store
from tests.models import world
from tests.timeline.literals import at, day
from timeline.delivery.messages import TokenClaims

OCCURRENCE = "action-plan/1"
LATER = at("Mon 2 Sep 2019 07:31")
TEXT = "BEGIN:VCALENDAR\r\nUID:an-entry\r\nEND:VCALENDAR\r\n"


def invite(store: Store) -> None:
    """See that a mail with an invitation waits to leave to Ann."""
    store.ledger.write([world.decision(world.prompt())], at=world.APPLIED_AT)
    (pending,) = store.ledger.pending(at=world.MAIL_AT)
    given = world.message(store, pending.id, calendar=TEXT)
    hashes = [f"{number}" for number, _ in enumerate(given.tokens)]
    assert store.outbox.compose(given, token_hashes=hashes, at=world.MAIL_AT)


def test_whoever_a_mail_left_for_is_invited_and_before_that_nobody(store: Store) -> None:
    invite(store)
    assert store.outbox.invitations([OCCURRENCE]) == {}
    assert store.outbox.invitations([OCCURRENCE], waiting=True) == {("ann", OCCURRENCE): (TEXT,)}
    assert store.outbox.invitation_token("ann", "an-entry") is None
    world.sent(store, "mail/ann/1")
    assert store.outbox.invitations([OCCURRENCE]) == {("ann", OCCURRENCE): (TEXT,)}
    assert store.outbox.invitations(["plo-panel/1"]) == {}
    claims = store.outbox.invitation_token("ann", "an-entry")
    assert isinstance(claims, TokenClaims)
    assert store.outbox.invitation_token("ann", "another") is store.outbox.invitation_token("ben", "an-entry") is None


def test_only_what_moved_since_it_was_told_is_looked_at(store: Store) -> None:
    invite(store)
    world.sent(store, "mail/ann/1")
    assert store.outbox.moved_invitations(since=world.APPLIED_AT) == frozenset()
    moved = world.occurrence(starts_on=day("Thu 5 Dec 2019"), ends_on=day("Thu 5 Dec 2019"))
    store.plan.sync([moved], obligations=world.DUTIES, at=LATER)
    assert store.outbox.moved_invitations(since=world.APPLIED_AT) == {OCCURRENCE}
    assert store.outbox.moved_invitations(since=at("Tue 31 Dec 2019 12:00")) == frozenset()


def test_a_feed_has_one_latest_link_and_a_new_one_is_told_in_the_trail(store: Store) -> None:
    assert store.outbox.token_generation("ann", "calendar") is None
    for generation in (0, 0, 1):
        claims = TokenClaims(person="ann", message="calendar", generation=generation)
        store.outbox.keep_lasting_token(f"hash {generation}", claims, at=LATER, who="lead")
    assert (store.outbox.token_generation("ann", "calendar"), store.outbox.token_generation("ben", "calendar")) == (
        1,
        None,
    )
    told = [
        (audit_event.what, audit_event.who)
        for audit_event in store.audit.events()
        if "calendar link" in audit_event.what
    ]
    assert told == [("calendar link made", "lead"), ("calendar link replaced", "lead")]
    assert store.audit.verify() is None
