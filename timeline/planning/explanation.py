"""Word the explanation of a date: its sentences in `why`, on the page and, in short, in a mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from timeline import rules
from timeline.calendar.bank_holidays import Calendars
from timeline.calendar.wording import long_date, plain_name
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import Obligation
from timeline.definitions.facts import FIRST_SIGN_OFF_MEETING, SIGN_OFF_MEETING, Fact, known
from timeline.definitions.refs import number_of, occurrence_of
from timeline.definitions.standing import STATED, Certainty, LawText, RuleKind, Standing
from timeline.planning import rescheduling as moves
from timeline.planning.occurrences import Milestone, Occurrence
from timeline.rules import Outcome, Reading, Rule


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Hold the reason for an occurrence's date.

    `counted_from` is the fact that the date rests on (None when it rests on no fact), `counted` such as "70 working
    days", `skipped` the days off by name. `steps` are sentences: the arithmetic, every reading, whether the readings
    agree, and how to settle it. `moves` are the steps about later changes of its days.
    """

    ref: str
    title: str
    legal_on: date | None
    working_on: date | None
    original_on: date | None
    opens_on: date | None
    closes_on: date | None
    confirmed: bool
    counted_from: Fact | None
    counted: str
    skipped: tuple[str, ...]
    readings: tuple[Reading, ...]
    steps: tuple[str, ...]
    waits: tuple[str, ...]
    basis: str
    standing: Standing
    texts: tuple[LawText, ...] = ()
    not_ours: str = ""
    moves: tuple[str, ...] = ()
    agreed: Fact | None = None
    provisional_on: date | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """Give the whole explanation, as it is printed."""
        last = (self.not_ours, based_on(self.basis, self.standing), *map(_read, self.texts))
        return tuple(dict.fromkeys(filter(None, (*self.waits, *self.steps, *last))))


def of_occurrence(timeline: CouncilTimeline, occurrence: Occurrence, *, at: datetime) -> Explanation:
    """Explain an occurrence from the facts known at `at`; KeyError when the timeline has no such duty."""
    obligation = {duty.key: duty for duty in timeline.obligations}[occurrence.obligation]
    rule = rules.parse(_worked_to(occurrence, obligation))
    name = next(iter(rules.names(rule)), "")
    book = known(timeline.facts, at=at)
    fact = book.get(name, occurrence.ref)
    return Explanation(
        ref=occurrence.ref,
        title=occurrence.title,
        legal_on=occurrence.legal_on,
        working_on=occurrence.working_on,
        original_on=occurrence.original_on,
        opens_on=occurrence.opens_on,
        closes_on=occurrence.closes_on,
        confirmed=occurrence.starts_on is not None,
        counted_from=fact,
        counted=counted(rule),
        skipped=_skipped(rule, fact, occurrence, timeline.as_known(at=at).calendars),
        readings=occurrence.readings,
        steps=occurrence.why,
        waits=waiting(occurrence.waits_for, obligation, timeline, ref=occurrence.ref),
        basis=stated_basis(occurrence.stated) or obligation.basis,
        standing=STATED if occurrence.stated else obligation.standing,
        texts=obligation.texts,
        not_ours=not_ours(obligation),
        moves=moves.history(obligation, book, occurrence.ref, _originally(occurrence)),
        agreed=occurrence.agreed,
        provisional_on=occurrence.provisional_on,
    )


def _originally(occurrence: Occurrence) -> str:
    return moves.originally(occurrence.opens_on, occurrence.closes_on, occurrence.original_on)


def of_milestone(milestone: Milestone, timeline: CouncilTimeline) -> tuple[str, ...]:
    """Give every sentence about a task's date: what it waits for, the arithmetic, whose task it is, and its basis."""
    whose = () if milestone.ours else (submitted_by(milestone.owner),)
    waits = waits_of(milestone, timeline)
    # The rule's own "waits for" appears once, with the command that ends the wait.
    steps = [step for step in milestone.why if not (waits and step.startswith("Waits for "))]
    last = (*whose, based_on(milestone.basis, milestone.standing), *map(_read, _texts(milestone, timeline)))
    return tuple(dict.fromkeys((*waits, *steps, *last)))


def _texts(milestone: Milestone, timeline: CouncilTimeline) -> tuple[LawText, ...]:
    """Give the texts that the rule of a task rests on."""
    rules_of = (rule for duty in timeline.obligations if duty.key == milestone.obligation for rule in duty.milestones)
    return next((rule.texts for rule in rules_of if rule.key == milestone.key), ())


def _read(text: LawText) -> str:
    """Say what a text says, where it stands, and when it was read or from where it is known."""
    read = f"read on {long_date(text.read_on)}" if text.read_on else ""
    place = "; ".join(filter(None, (", ".join(filter(None, (text.address, read))), text.known_by)))
    return f"{text.provision}: {text.says.rstrip('.')}{f' ({place})' if place else ''}."


def waits_of(milestone: Milestone, timeline: CouncilTimeline) -> tuple[str, ...]:
    """Say what would set a task's date, while it has none."""
    ref = occurrence_of(milestone.ref)
    duties = (duty for duty in timeline.obligations if duty.key == milestone.obligation)
    return next((waiting(milestone.waits_for, duty, timeline, ref=ref) for duty in duties), ())


def brief(milestone: Milestone) -> tuple[str, ...]:
    """Give the two or three sentences about a task's date that stand in a mail, and its basis."""
    return (*(milestone.brief or milestone.why[:2]), based_on(milestone.basis, milestone.standing))


def basis_in_short(milestone: Milestone) -> str:
    """Say the basis as the foot of a mail has it: no word of the machine, and no practice that looks like law."""
    basis, standing = milestone.basis.rstrip("."), milestone.standing
    if standing.kind is RuleKind.PRACTICE:
        return "Basis: the council's own practice." if basis == "Council practice" else f"Basis: {basis}."
    surely = (_SURELY.get(standing.certainty, ""), "" if standing.kind in _BINDING else "not law")
    words = ", ".join(filter(None, surely))
    return f"Basis: {basis}{f' ({words})' if words else ''}."


_SURELY: Mapping[Certainty, str] = {
    Certainty.SECONDARY: "as others report it",
    Certainty.OBSERVED: "from earlier cases",
    Certainty.INFERRED: "the day is our own reading",
}
_BINDING = (RuleKind.LAW, RuleKind.DIRECTION)


def stated_basis(stated: str) -> str:
    """Give the basis of a date that somebody stated before the law's own; empty for every other."""
    return f"{stated[:1].upper()}{stated[1:]}"


def based_on(basis: str, standing: Standing) -> str:
    """Say the basis, such as "Basis: SI 2007/462 reg 3 (law, secondary: reported by others, not checked in the source
    itself).".
    """
    return f"Basis: {basis.rstrip('.')} ({standing.meaning})."


def not_ours(obligation: Obligation) -> str:
    """Say whose submission it is, where it is not the council's; else empty."""
    if obligation.ours:
        return ""
    return next(
        (submitted_by(rule.owner) for rule in obligation.milestones if not rule.ours), "It is not ours to submit."
    )


def submitted_by(post: str) -> str:
    """Name the owner, such as "It is the commissioner's, not ours to submit."."""
    name = {"ofsted": "Ofsted", "dfe": "the DfE"}.get(post, f"the {plain_name(post)}")
    return f"It is {name}'s, not ours to submit."


def waiting(names: Sequence[str], obligation: Obligation, timeline: CouncilTimeline, *, ref: str) -> tuple[str, ...]:
    """Say what would set a date that waits, and the command that records it."""
    titles = {duty.key: duty.title for duty in timeline.obligations}
    return tuple(_waiting(name, titles, f" --for {ref}" if _of_one(name, obligation, ref) else "") for name in names)


def _of_one(name: str, obligation: Obligation, ref: str) -> bool:
    """Tell whether a fact is recorded for this occurrence: others may have theirs, and what a series counts from is the
    council's.
    """
    if obligation.each or name in (SIGN_OFF_MEETING, FIRST_SIGN_OFF_MEETING):
        return True
    if obligation.again:
        return number_of(ref) != 1
    rule = rules.parse(obligation.rule)
    return (obligation.confirmed_by is not None or rules.is_series(rule)) and name not in rules.names(rule)


def _waiting(name: str, titles: Mapping[str, str], bound: str) -> str:
    if name in titles:
        return f"Waits for the date of “{titles[name]}”."
    if not rules.is_name(name):
        return f"Waits for {name}."
    return f"Waits for {plain_name(name)}: its day sets this date. When it is known: {recording(name, bound)}."


def recording(fact: str, bound: str = "") -> str:
    return f"daymark record {fact} DATE{bound} --by WHO --source TEXT"


def counted(rule: Rule) -> str:
    """Say the count of a rule, such as "70 working days" or "28 clear days"; empty for a rule without a count."""
    match rules.plain(rule):
        case (rules.Offset() | rules.Within()) as bare:
            return f"{bare.n} {bare.unit}{'' if bare.n == 1 else 's'}"
        case rules.Clear() as bare:
            return f"{bare.n} clear {bare.unit}{'' if bare.n == 1 else 's'}"
        case _:
            return ""


def headline(rule: Rule, outcome: Outcome) -> str:
    """Explain a date in a sentence: the count, the day counted from, its source, and the date it gives."""
    source = next(iter(outcome.counted_from), "")
    if outcome.legal_on is None or not source:
        return " ".join(outcome.steps[:2])
    bare, gives = rules.plain(rule), long_date(outcome.legal_on)
    if isinstance(bare, rules.By | rules.On):
        word = "by" if isinstance(bare, rules.By) else "on"
        return f"{word.capitalize()} {source}."
    if isinstance(bare, rules.Offset | rules.Clear):
        way = "after" if isinstance(bare, rules.Offset) and bare.after else "before"
        return f"{counted(rule)} {way} {source}, is {gives}.".replace("), is", ") is")
    return " ".join(outcome.steps[:2])


def working_date_reason(outcome: Outcome) -> tuple[str, ...]:
    """Say why the working date is not the legal date; empty where they are the same."""
    if outcome.legal_on is None or outcome.working_on == outcome.legal_on:
        return ()
    return tuple(step for step in outcome.steps if "working date is" in step)


def _worked_to(occurrence: Occurrence, obligation: Obligation) -> str:
    return next(
        (reading.rule for reading in occurrence.readings if reading.worked_to and reading.rule), obligation.rule
    )


def _skipped(rule: Rule, fact: Fact | None, occurrence: Occurrence, calendars: Calendars) -> tuple[str, ...]:
    """Name the days off that were not counted; empty where calendar days are counted."""
    worked_on = next((reading.legal_on for reading in occurrence.readings if reading.worked_to), occurrence.original_on)
    if fact is None or worked_on is None or "working" not in counted(rule):
        return ()
    first_on, last_on = sorted((fact.on, worked_on))
    days = calendars.law.holidays_between(first_on, last_on)
    return tuple(f"{long_date(on)} ({name})" for on, name in days)
