"""Record a change by command, with its corrections, and show beforehand what it would change."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from config.load import fact_order
from config.settings import Settings
from models.store import Revision, RevisionKind, Store
from tasks.changes.apply import laid_out
from tasks.council.choices import offer
from tasks.council.ledger import correct
from tasks.processes.wake_notify import wake_notify
from timeline.calendar.london import london_date
from timeline.calendar.wording import near
from timeline.calendar.working_days import BeyondCalendar
from timeline.definitions.council import Council, CouncilTimeline
from timeline.definitions.facts import PROCLAIMED, Fact
from timeline.definitions.refs import duty_of, number_of
from timeline.forecast.causes import names_of
from timeline.forecast.changes import Change, kept_ladders
from timeline.forecast.mail_load import of_a_year
from timeline.forecast.preview import compare
from timeline.forecast.programme_changes import record_changes
from timeline.planning.endings.council_end import ended_because
from timeline.planning.fact_order import FactOrder
from timeline.planning.reading_facts import OF_ONE, example, needs_occurrence
from timeline.planning.rescheduling import CANCELLED, HELD
from timeline.programme.programme import Programme
from timeline.programme.sheets.plan_sheet import keeping_plan
from timeline.rules.lexer import FIRST_YEAR, LAST_YEAR


class Refused(ValueError):
    """Report a change that cannot be made, as a sentence."""


def file_changes(
    store: Store, given: CouncilTimeline, settings: Settings, programme: Programme | None = None, *, at: datetime
) -> tuple[Change, ...]:
    """List what applying a timeline would change, with the programme beside it; facts recorded by command outlive it.

    After the dates stand the posts that would get too much mail in the year to come, and did not before. It ends with
    the records of the programme; a timeline without a programme leaves the stored one as it is, and a programme
    without an action the stored plan.
    """
    after = store.definitions.timeline_after_apply(given, on=london_date(at)).without_past_absences(at=at)
    refuse_order(given, after)
    changes = differences(store, settings, after, at=at)
    stated = store.programmes.in_force()
    records = record_changes(stated, keeping_plan(programme, stated)) if programme else ()
    if not changes:
        return tuple(records)
    before = store.definitions.timeline(settings.working_hours)
    return (*changes, *_more_mail(before, after, on=london_date(at)), *records)


def ladders_kept(store: Store, stated: CouncilTimeline, *, at: datetime) -> tuple[Change, ...]:
    """List the open tasks that keep another ladder than the timeline gives, unless it is applied to them too."""
    after = store.definitions.timeline_after_apply(stated, on=london_date(at))
    return tuple(kept_ladders(laid_out(after, at=at), store.changes.open_ladders()))


def _more_mail(before: CouncilTimeline, after: CouncilTimeline, *, on: date) -> Iterator[Change]:
    try:
        expected = of_a_year(after, from_on=on)
        # A year lived in advance takes two seconds; where nothing is expected, nothing is new.
        known = dict(of_a_year(before, from_on=on)) if expected else {}
    except BeyondCalendar:
        # The command `check` names the year that is missing.
        return
    for post, sentence in expected:
        if post not in known:
            yield Change(change="warning", ref=post, why=sentence)


def fact_changes(store: Store, fact: Fact, settings: Settings, *, at: datetime) -> tuple[Change, ...]:
    """List what recording a fact would change."""
    now = store.definitions.timeline(settings.working_hours)
    return differences(store, settings, replace(now, facts=(*now.facts, in_confidence(fact, now.council))), at=at)


def in_confidence(fact: Fact, council: Council) -> Fact:
    """Put the fact under the embargo of all facts of its name: whoever records a draft letter need not think of it."""
    return replace(fact, embargo=fact.embargo or dict(council.embargoes).get(fact.name))


def differences(store: Store, settings: Settings, after: CouncilTimeline, *, at: datetime) -> tuple[Change, ...]:
    """List what would change if that timeline were in force."""
    before = store.definitions.timeline(settings.working_hours)
    keys = frozenset(duty.key for duty in (*before.obligations, *after.obligations))
    return compare(before, after, store.ledger.entries(keys), store.inbound.responses(keys), at=at)


def record(
    store: Store, fact: Fact, settings: Settings, *, at: datetime, who: str, kind: RevisionKind = RevisionKind.RECORD
) -> bool:
    """Record a fact with the dates that follow from it; False when it is known already. Corrections go out at once."""
    kept = in_confidence(fact, store.definitions.timeline(settings.working_hours).council)
    laying = partial(laid_out, at=at)
    done = store.changes.record_fact(kept, at=at, who=who, kind=kind, laying=laying, is_known=is_known)
    if done:
        tell(store, settings, at=at)
    return done


def undo(
    store: Store, settings: Settings, *, at: datetime, who: str, of: int | None = None
) -> tuple[Revision, tuple[Change, ...]]:
    """Take the last change back; give which it was, and what moved by it. Raises StoreError when there is none.

    The change that is meant is `of`, or the last one as it stands at the begin of this call: somebody who takes it back
    at the same time takes no second change back.
    The first apply leaves an empty store, and moves nothing.
    """
    of = store.changes.last_number() if of is None else of
    before = store.definitions.timeline(settings.working_hours)
    keys = frozenset(duty.key for duty in before.obligations)
    entries, responses = store.ledger.entries(keys), store.inbound.responses(keys)
    programme = store.programmes.in_force()
    taken = store.changes.undo(at=at, who=who, of=of, laying=partial(laid_out, at=at))
    if store.changes.is_empty():
        return taken, ()
    changes = compare(before, store.definitions.timeline(settings.working_hours), entries, responses, at=at)
    tell(store, settings, at=at)
    return taken, (*changes, *record_changes(programme, store.programmes.in_force()))


def tell(store: Store, settings: Settings, *, at: datetime) -> int:
    """Write the corrections that are due now, and have them sent; give how many. Prefect's forms offer what there is
    now.
    """
    written = correct(store, at=at)
    if written:
        wake_notify(settings)
    offer(settings, at=at)
    return written


def is_known(fact: Fact, timeline: CouncilTimeline) -> bool:
    """Tell whether the last fact about the same event says the same, whenever it became known; of an occurrence that
    has none of its own, that of the whole council holds.
    """
    event = OF_ONE if fact.name in OF_ONE else (fact.name,)
    about = [each for each in timeline.facts if each.name in event and each.occurrence in (fact.occurrence, None)]
    known = [each for each in about if each.occurrence == fact.occurrence] or about
    if fact.name == PROCLAIMED:
        return any(each.on == fact.on for each in known) or fact.on in timeline.proclaimed_bank_holidays
    last = max(known, key=lambda each: each.known_at, default=None)
    if last is None or last.name != fact.name:
        return False
    return fact.name == CANCELLED or (last.on, last.until) == (fact.on, fact.until)


def refuse(fact: Fact, timeline: CouncilTimeline, occurrences: Sequence[str]) -> None:
    """Raise Refused for a fact that can mean nothing here."""
    _refuse_after_end(fact, timeline)
    names = fact_names(timeline)
    if fact.name not in names:
        raise Refused(f"There is no fact “{fact.name}”.{near(fact.name, names)}")
    if not FIRST_YEAR <= fact.on.year <= LAST_YEAR or (fact.until and fact.until.year > LAST_YEAR):
        raise Refused(f"Found {fact.on}; expected a day from {FIRST_YEAR} to {LAST_YEAR}.")
    if fact.until and fact.until < fact.on:
        raise Refused(f"{fact.until} is before {fact.on}; expected the last day of the event.")
    if fact.occurrence is None and fact.name in needs_occurrence(timeline):
        such = example(fact.name, timeline)
        raise Refused(f"“{fact.name}” is about one occurrence; expected which, such as --for {such}.")
    if fact.occurrence is not None and fact.occurrence not in occurrences and not _may_make(fact, timeline):
        nearest = near(fact.occurrence, frozenset(occurrences))
        raise Refused(f"There is no occurrence “{fact.occurrence}” (see daymark list).{nearest}")
    if sentences := tuple(dict.fromkeys(_beside(fact, timeline).faults(fact))):
        raise Refused(" ".join(sentences))
    _refuse_unnamed(fact, timeline)


def _refuse_unnamed(fact: Fact, timeline: CouncilTimeline) -> None:
    """Raise Refused where nobody says that a submission was made, or that an instruction was withdrawn."""
    duty = next((each for each in timeline.obligations if each.key == duty_of(fact.occurrence or "")), None)
    if duty is None or not duty.is_submitted or fact.who.strip():
        return
    if fact.name == HELD or (fact.name == CANCELLED and duty.each):
        was = "was submitted" if fact.name == HELD else "is cancelled"
        raise Refused(f"A second person confirms that “{duty.title}” {was}; expected who says so (--by).")


def _refuse_after_end(fact: Fact, timeline: CouncilTimeline) -> None:
    latest_at = max(each.known_at for each in (*timeline.facts, fact))
    if because := ended_because(timeline, at=latest_at):
        raise Refused(f"{because} Record it there.")


def doubts(fact: Fact, timeline: CouncilTimeline) -> tuple[str, ...]:
    """Say what looks like a slip in a fact that may be recorded."""
    return tuple(_beside(fact, timeline).doubts(fact))


def _beside(fact: Fact, timeline: CouncilTimeline) -> FactOrder:
    council = timeline.council
    # What a pack states since the last apply holds at once: an order that is broken meanwhile would refuse the next.
    ordered = council if council.fact_order else replace(council, fact_order=fact_order())
    return FactOrder(replace(timeline, council=ordered, facts=(*timeline.facts, fact)))


def refuse_order(given: CouncilTimeline, after: CouncilTimeline) -> None:
    """Raise Refused when a fact that was recorded by command cannot hold beside those of the file `given`."""
    order = FactOrder(after)
    beside = frozenset(given.facts)
    recorded = (fact for fact in after.facts if fact not in beside and order.holds(fact))
    if sentences := tuple(dict.fromkeys(text for fact in recorded for text in order.out_of_order(fact, beside=beside))):
        raise Refused(f"{' '.join(sentences)} Expected a file that agrees with what was recorded.")


def fact_names(timeline: CouncilTimeline) -> frozenset[str]:
    """List the facts that the timeline knows: those named by its rule pack, its duties and its facts."""
    counted = (name for names in names_of(timeline).values() for name in names)
    recorded = (fact.name for fact in timeline.facts)
    return frozenset({*timeline.council.fact_names, *counted, *recorded, *OF_ONE, PROCLAIMED})


def _may_make(fact: Fact, timeline: CouncilTimeline) -> bool:
    """Tell whether recording this fact makes its occurrence: an instruction, a further report of the commissioner, a
    visit beyond the usual.
    """
    number = number_of(fact.occurrence or "") or 0
    duty = next((each for each in timeline.obligations if each.key == duty_of(fact.occurrence or "")), None)
    if duty is None or not number:
        return False
    beyond = bool(duty.most and number > duty.most and duty.confirmed_by == fact.name)
    return beyond or fact.name in (duty.each, duty.again)
