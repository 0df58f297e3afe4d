"""Check that every rule says what kind it is and how surely it is known, and names the texts it rests on."""

from collections.abc import Iterator

from config.timeline_files.faults import Fault, error
from config.timeline_files.files import known
from config.timeline_files.pack_shapes import ObligationShape, PackShape, StandingShape
from timeline.definitions.standing import Certainty, RuleKind

_KINDS = ", ".join(RuleKind)
_CERTAINTIES = ", ".join(Certainty)


def faults(file: str, obligations: dict[str, ObligationShape], pack: PackShape) -> Iterator[Fault]:
    """Report what is missing or said twice of duties and tasks in a file."""
    for key, obligation in obligations.items():
        where = f"obligations.{key}"
        if obligation.rule_kind is None and obligation.status is None:
            yield error(file, f"{where}.rule_kind", f"This key is missing; expected one of {_KINDS}.")
        yield from _rule(file, where, obligation, pack)
        for name, milestone in obligation.milestones.items():
            yield from _rule(file, f"{where}.milestones.{name}", milestone, pack)


def _rule(file: str, where: str, shape: StandingShape, pack: PackShape) -> Iterator[Fault]:
    if shape.status and (shape.rule_kind or shape.certainty):
        yield error(file, f"{where}.status", "“rule_kind” and “certainty” stand in its place; expected it left out.")
    if shape.rule_kind and not shape.certainty:
        yield error(file, f"{where}.certainty", f"This key is missing; expected one of {_CERTAINTIES}.")
    if shape.certainty and not shape.rule_kind:
        yield error(file, f"{where}.rule_kind", f"This key is missing; expected one of {_KINDS}.")
    for number, name in enumerate(shape.texts):
        yield from known(file, f"{where}.texts[{number}]", name, pack.texts, "text")
    yield from _rests_on(file, where, shape, pack)


def _rests_on(file: str, where: str, shape: StandingShape, pack: PackShape) -> Iterator[Fault]:
    """Ask for the text of what the council did not make itself, and that somebody read what is called verified."""
    if not shape.rule_kind or shape.standing.is_own:
        return
    named = [pack.texts[name] for name in shape.texts if name in pack.texts]
    if not shape.texts:
        yield error(file, f"{where}.texts", f"This key is missing; expected the texts of what is {shape.rule_kind}.")
    elif shape.certainty is Certainty.VERIFIED and not all(text.read for text in named):
        unread = next((text.provision for text in named if not text.read), "")
        text = f"It is called verified, and nobody has read {unread}; expected “secondary”, or the day it was read."
        yield error(file, f"{where}.certainty", text)
