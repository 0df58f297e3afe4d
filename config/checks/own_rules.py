"""Check what a timeline changes in the rule pack, adds to it and switches off in it."""

from collections.abc import Iterator

from config.checks import rules as readable
from config.timeline_files import merge
from config.timeline_files.faults import Fault, error, warning
from config.timeline_files.files import Files, known
from config.timeline_files.pack_shapes import MilestoneShape, ObligationShape, StandingShape
from config.timeline_files.timeline_shapes import CommitteeShape
from timeline.definitions.duties import DutyClass
from timeline.definitions.standing import PRACTICE, RuleKind
from timeline.planning.occurrence_dates import LOCAL_NAMES


def faults(files: Files) -> Iterator[Fault]:
    for key, text in files.timeline.rules.items():
        yield from _rule(files, f"rules.{key}", key, text)
    for key, word in files.timeline.confirm.items():
        yield from _confirm(files, f"confirm.{key}", key, word)
    for key, reason in files.timeline.off.items():
        yield from _off(files, f"off.{key}", key, reason)
    for key, shape in files.timeline.obligations.items():
        yield from _obligation(files, f"obligations.{key}", key, shape)
    yield from _fact_names(files)
    for key, committee in files.timeline.committees.items():
        yield from _committee(files, f"committees.{key}", committee)
    for number, pause in enumerate(files.timeline.pauses):
        yield from known(files.timeline_file, f"pauses[{number}].duty", pause.duty, files.obligations, "duty")
    yield from _periods(files)


def _named(key: str) -> tuple[str, str]:
    """Split a key such as “action-plan/draft” into the duty and its task; the task is empty for a whole duty."""
    duty, _, task = key.partition("/")
    return duty, task


def _rule(files: Files, where: str, key: str, text: str) -> Iterator[Fault]:
    """Check a replaced rule: a council may replace what is neither law nor a statutory direction, which bind it."""
    duty, task = _named(key)
    yield from known(files.timeline_file, where, duty, files.pack.obligations, "duty")
    obligation = files.pack.obligations.get(duty)
    if obligation is None:
        return
    shape: ObligationShape | MilestoneShape | None = obligation.milestones.get(task) if task else obligation
    if shape is None:
        yield from known(files.timeline_file, where, task, obligation.milestones, "task")
    elif shape.standing.binds:
        reason = f"This rule is {_called(shape)} ({shape.basis}), so a council cannot replace it."
        yield error(files.timeline_file, where, reason)
    else:
        names = files.dated | (frozenset(LOCAL_NAMES) | frozenset(obligation.milestones) if task else frozenset())
        repeats = not task and obligation.each is None
        yield from readable.faults(files.timeline_file, where, text, PRACTICE, names, may_repeat=repeats)


def _confirm(files: Files, where: str, key: str, word: bool) -> Iterator[Fault]:
    """Check the choice whether a second person confirms a task."""
    duty, task = _named(key)
    if not task:
        yield error(
            files.timeline_file, where, "A second person confirms a task; expected such as “action-plan/draft”."
        )
        return
    yield from known(files.timeline_file, where, duty, files.obligations, "duty")
    obligation = files.obligations.get(duty)
    if obligation is None:
        return
    yield from known(files.timeline_file, where, task, obligation.milestones, "task")
    shape = obligation.milestones.get(task)
    if shape and (text := second_person_fault(obligation, shape, word)):
        yield error(files.timeline_file, where, text)


def second_person_fault(of: ObligationShape, shape: MilestoneShape, word: bool) -> str:
    """Say why a task may not make this choice about a second person; empty when it may.

    A second person confirms what class A asks by law or direction; a preparatory step is the council's own choice.
    """
    if word and not shape.ours:
        return "This is not ours to do, so nobody confirms it."
    if not word and of.duty_class is DutyClass.A and shape.standing.binds:
        return f"This is asked of class A by {_called(shape)} ({shape.basis}), so a second person confirms it."
    return ""


def _off(files: Files, where: str, key: str, reason: str) -> Iterator[Fault]:
    """Check a duty switched off: no other duty may count from it."""
    file = files.timeline_file
    yield from known(file, where, key, files.pack.obligations, "duty")
    for name, shape in files.obligations.items():
        if name not in files.timeline.off and key in readable.counted_from(shape.counting):
            yield error(file, where, f"“{name}” counts from this duty; expected it switched off too, or another rule.")
    duty = files.pack.obligations.get(key)
    parts: tuple[StandingShape, ...] = (duty, *duty.milestones.values()) if duty else ()
    for part in [part for part in parts if part.standing.binds][:1]:
        because = f"{_called(part)} ({part.basis})"
        text = f"This duty comes from {because}, and nobody will be reminded of it: {reason.rstrip('.')}."
        yield warning(file, where, text)


def _obligation(files: Files, where: str, key: str, shape: ObligationShape) -> Iterator[Fault]:
    """Check an added duty: it is the council's own practice, because law belongs in a rule pack, with its source."""
    file = files.timeline_file
    if key in files.pack.obligations:
        text = f"The rule pack has this duty; to replace its rule write “rules: {{{key}: …}}”, or choose another name."
        yield error(file, where, text)
    if key in files.facts:
        yield error(file, where, "A fact has the same name, expected another.")
    parts: dict[str, StandingShape] = {where: shape}
    parts |= {f"{where}.milestones.{name}": milestone for name, milestone in shape.milestones.items()}
    for place, part in parts.items():
        yield from _own_standing(file, place, part)
    if shape.sign_off:
        yield from known(file, f"{where}.sign_off", shape.sign_off, files.timeline.committees, "committee")


def _own_standing(file: str, where: str, shape: StandingShape) -> Iterator[Fault]:
    if shape.standing.is_own:
        return
    key, expected = ("rule_kind", "“practice” or “promise”") if shape.rule_kind else ("status", "“local”")
    reason = f"Found “{shape.rule_kind or shape.status}”, expected {expected}"
    yield error(file, f"{where}.{key}", f"{reason}: what a council adds itself is its own practice.")


def _called(shape: StandingShape) -> str:
    """Name the kind of a rule that binds the council, as it stands in a sentence."""
    return "a statutory direction" if shape.standing.kind is RuleKind.DIRECTION else "law"


def sign_off(files: Files) -> Iterator[Fault]:
    """Check that the committees that agree in turn are stated, as a council without a Cabinet has to."""
    if not files.timeline.has_executive and not files.timeline.sign_off.by:
        text = "A council without an executive says which committees agree, the last of which decides."
        yield error(files.timeline_file, "sign_off.by", f"{text} Expected such as “sign_off: {{by: [children]}}”.")
    for key in files.timeline.sign_off.by:
        yield from known(files.timeline_file, "sign_off.by", key, files.timeline.committees, "committee")
        yield from _unsaid(files, key)


def _unsaid(files: Files, key: str) -> Iterator[Fault]:
    """Warn of a committee that agrees and does not say whether it is the executive."""
    committee = files.timeline.committees.get(key)
    said = committee is None or committee.executive is not None or files.timeline.council.executive is False
    if committee is None or said or files.timeline.is_executive(key):
        return
    text = (
        f"It is not said whether “{committee.title}” is the executive. By its name it is none, so its notices follow "
        "the Local Government Act 1972. Expected “executive: false”, or “executive: true”."
    )
    yield warning(files.timeline_file, f"committees.{key}.executive", text)


def _fact_names(files: Files) -> Iterator[Fault]:
    for name in files.timeline.fact_names:
        if name in files.pack.facts or name in merge.RESERVED:
            text = "The rule pack knows a fact of this name, expected another."
            yield error(files.timeline_file, f"fact_names.{name}", text)


def _committee(files: Files, where: str, shape: CommitteeShape) -> Iterator[Fault]:
    file = files.timeline_file
    if not shape.meetings and not shape.calendar:
        yield error(file, where, "It never meets; expected “meetings: [2019-09-24]”, or a “calendar”.")
    if shape.matches and not shape.calendar:
        yield error(file, f"{where}.matches", "It chooses among the meetings of a calendar; none is given.")


def _periods(files: Files) -> Iterator[Fault]:
    spans = {
        f"pre_election_periods[{number}]": (period_shape.from_on, period_shape.until_on)
        for number, period_shape in enumerate(files.timeline.pre_election_periods)
    }
    spans |= {
        f"pauses[{n}]": (pause_shape.from_on, pause_shape.until_on)
        for n, pause_shape in enumerate(files.timeline.pauses)
    }
    for key, person in files.timeline.people.items():
        spans |= {
            f"people.{key}.absent[{n}]": (absence_shape.from_on, absence_shape.until_on)
            for n, absence_shape in enumerate(person.absent)
        }
    for where, (from_on, until_on) in spans.items():
        if until_on < from_on:
            text = f"{until_on} is before {from_on}; expected the last day, included."
            yield error(files.timeline_file, f"{where}.until", text)
