"""Check which of another council's practices a council has taken over, and that each has what it counts from."""

from collections.abc import Iterator, Mapping

from config.checks import rules as readable
from config.timeline_files.faults import Fault, error, note
from config.timeline_files.files import Files, known
from config.timeline_files.merge import not_chosen
from config.timeline_files.pack_shapes import ObligationShape
from timeline.calendar.wording import count


def faults(files: Files) -> Iterator[Fault]:
    examples = {key: shape for key, shape in files.pack.obligations.items() if shape.example}
    if files.timeline.practices is None:
        yield from _unsaid(files, examples)
        return
    for number, key in enumerate(files.timeline.practices):
        yield from known(files.timeline_file, f"practices[{number}]", key, examples, "practice to choose")
    off = {*files.timeline.off, *not_chosen(files.pack, files.timeline)}
    for name, shape in files.obligations.items():
        missing = sorted(not_chosen(files.pack, files.timeline) & readable.counted_from(shape.counting))
        for key in missing if name not in off else ():
            text = f"“{name}” counts from “{key}”; expected “{key}” among the practices, or another rule for “{name}”."
            yield error(files.timeline_file, "practices", text)


def _unsaid(files: Files, examples: Mapping[str, ObligationShape]) -> Iterator[Fault]:
    """Name what a file from before the catalogue takes over without having said so."""
    taken = [key for key in examples if key not in files.timeline.off]
    if taken:
        whose = examples[taken[0]].example
        yield note(
            files.timeline_file,
            "practices",
            f"It is not said which of the {count(len(taken), 'practice')} of {whose} the council has, so it has all of "
            f"them. Write “practices: [{', '.join(taken)}]”, and leave out those that are not yours.",
        )
