"""Test what assurance reads and keeps, on both databases."""

from datetime import timedelta

from sqlalchemy import text

from models.store import Store
from tests.models import world
from timeline.assurance import AssuranceRun, ChainLook, ChannelSeen, Figures, Finding, FindingKind
from timeline.assurance.evidence import ProvedDay
from timeline.definitions.council import OFFICE_HOURS
from timeline.escalation.prompts import PromptKey

LATER = world.MAIL_AT + timedelta(minutes=15)
NEXT = LATER + timedelta(days=1)


def test_it_reads_the_ledger_and_the_trail_by_statements_of_its_own(store: Store) -> None:
    prompt = world.prompt()
    store.ledger.write([world.decision(prompt)], at=world.MORNING)
    evidence = store.assurance.evidence(OFFICE_HOURS, at=LATER)
    assert [row.key for row in evidence.rows] == [prompt.key]
    assert evidence.written == {prompt.key: 1}
    assert evidence.stored_tasks[world.REF].due_on == prompt.key.due_on
    assert (evidence.stopped, evidence.resting, evidence.reported) == (False, frozenset(), {})
    assert not store.assurance.evidence(OFFICE_HOURS, at=LATER).responses


def test_a_run_is_kept_with_its_figures_and_an_event_and_knows_what_was_reported(store: Store) -> None:
    first = store.assurance.evidence_since(at=LATER)
    key = PromptKey(world.REF, world.prompt().key.due_on, "first", "ann", 0)
    gone = Finding(
        kind=FindingKind.ROW_GONE, ref=world.REF, duty="action-plan", post="officer", why="Gone.", about=key, written=2
    )
    run = AssuranceRun(
        at=LATER,
        since=world.MORNING,
        duties={"action-plan": Figures(due=1, unexplained=1)},
        findings=(gone,),
        channels=(ChannelSeen(name="mail", told="The catcher took it.", works=True, sent_at=LATER),),
    )
    store.assurance.keep_run(run)
    assert store.assurance.runs() == (run,)
    assert (first == store.assurance.evidence_since(at=LATER), store.assurance.evidence_since(at=LATER)) == (
        False,
        LATER,
    )
    assert store.assurance.evidence(OFFICE_HOURS, at=LATER).reported == {key: 2}
    assert store.audit.events()[-1].what == "assurance: unexplained"


def test_evidence_begins_after_the_last_day_proved_and_at_the_beginning_when_something_is_gone(store: Store) -> None:
    prompt = world.prompt()
    store.ledger.write([world.decision(prompt)], at=world.MORNING)
    read = store.assurance.evidence(OFFICE_HOURS, at=LATER)
    assert read.extent
    look = ChainLook(sequence=read.extent.sequence, head=read.extent.head, whole_at=LATER)
    run = AssuranceRun(at=LATER, since=LATER, chain=look, proved=ProvedDay(at=LATER, extent=read.extent))
    store.assurance.keep_run(run)
    begun = store.assurance.evidence(OFFICE_HOURS, at=NEXT)
    assert (begun.proved, begun.written) == (run.proved, {})
    # It waits, and is read for that; so is what the trail names since.
    assert [row.key for row in begun.rows] == [prompt.key]
    assert world.REF in begun.touched
    whole = store.assurance.evidence(OFFICE_HOURS, at=NEXT, whole=True)
    assert (whole.proved, whole.written) == (None, {prompt.key: 1})
    assert store.assurance.evidence(OFFICE_HOURS, at=LATER + timedelta(days=7)).proved is None
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM prompt WHERE council = :council"), {"council": store.council})
    assert store.assurance.evidence(OFFICE_HOURS, at=NEXT).proved is None


def test_only_the_last_run_keeps_where_the_next_begins(store: Store) -> None:
    extent = store.assurance.evidence(OFFICE_HOURS, at=LATER).extent
    assert extent
    for at in (LATER, NEXT):
        store.assurance.keep_run(AssuranceRun(at=at, since=LATER, proved=ProvedDay(at=at, extent=extent)))
    assert [run.proved and run.proved.at for run in store.assurance.runs()] == [NEXT, None]


def test_a_probe_comes_back_once_and_only_if_it_was_sent(store: Store) -> None:
    store.assurance.probe_sent(
        "hash", channel="mail", outcome="accepted", why="data 250", returns=True, at=world.MORNING
    )
    assert not store.assurance.probe_returned("another", at=LATER)
    assert store.assurance.probe_returned("hash", at=LATER)
    assert store.assurance.probe_returned("hash", at=LATER + timedelta(hours=1))
    assert store.assurance.last_probes()["mail"].returned_at == LATER
