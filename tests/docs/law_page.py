"""Make docs/law.md, the reading of every rule against its text: `python -m tests.docs.law_page`."""

from collections.abc import Iterator
from functools import cache

from config.load import RULES
from config.settings import ROOT
from config.timeline_files.pack_shapes import MilestoneShape, ObligationShape, PackShape, StandingShape, TextShape
from config.timeline_files.plain_yaml import read
from timeline.calendar.wording import long_date

PAGE = ROOT / "docs/law.md"
TEXT = ROOT / "tests/docs/law_page.txt"
PACK = "england-ilacs"


@cache
def pack() -> PackShape:
    return PackShape.model_validate(read(RULES / f"{PACK}.yaml"))


def page() -> str:
    """Give the whole page; what is told in it by hand stands in `law_page.txt`."""
    changes = (f"- Version {version}: {line}" for version, lines in pack().changes.items() for line in lines)
    return TEXT.read_text().format(
        pack=PACK,
        version=pack().version,
        changes="\n".join(changes),
        sourced="\n".join(_row(*cells) for cells in sourced()),
        own="\n".join(_row(*cells) for cells in own()),
        texts="\n".join(_row(text.provision, text.address, _known(text)) for text in pack().texts.values()),
    )


def sourced() -> Iterator[tuple[str, ...]]:
    """Give a row for each rule of law, of a direction or notice, or of the framework."""
    for name, does, shape in rules():
        if not shape.standing.is_own:
            texts = [pack().texts[key] for key in shape.texts]
            provisions, says = "<br>".join(text.provision for text in texts), "<br>".join(text.says for text in texts)
            yield f"`{name}`", _standing(shape), provisions, says, does, "<br>".join(dict.fromkeys(map(_known, texts)))


def own() -> Iterator[tuple[str, ...]]:
    """Give a row for each duty that is a promise or council practice."""
    for name, does, shape in rules():
        if shape.standing.is_own and isinstance(shape, ObligationShape):
            mark = ", example" if shape.example else ""
            yield f"`{name}`", f"{_standing(shape)}{mark}", shape.basis, does


def rules() -> Iterator[tuple[str, str, StandingShape]]:
    """Give every duty, and every task that is not the council's own, with its reference and what it does."""
    for key, duty in pack().obligations.items():
        yield key, f"{duty.title}: `{duty.rule}`{_beside(duty)}", duty
        for name, task in duty.milestones.items():
            if not task.standing.is_own:
                yield f"{key}/{name}", _does(task), task


def _does(task: MilestoneShape) -> str:
    return f"{task.title}: `{task.when}`"


def _beside(duty: ObligationShape) -> str:
    others = (f"{reading.name}: `{reading.rule}`" for reading in duty.readings)
    return "".join(f"; {other}" for other in others)


def _standing(shape: StandingShape) -> str:
    return f"{shape.standing.kind}, {shape.standing.certainty}"


def _known(text: TextShape) -> str:
    return "; ".join(filter(None, (long_date(text.read) if text.read else "", text.known_by)))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page())
