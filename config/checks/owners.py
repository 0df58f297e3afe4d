"""Check the tasks that several posts have: each post once, each task name free."""

from collections import Counter
from collections.abc import Iterator

from config.timeline_files.faults import Fault, error
from config.timeline_files.files import Files, known
from config.timeline_files.merge import keys
from config.timeline_files.pack_shapes import MilestoneShape, ObligationShape
from config.timeline_files.words import is_key
from timeline.planning.occurrence_dates import LOCAL_NAMES


def faults(files: Files, file: str, key: str, of: ObligationShape) -> Iterator[Fault]:
    """Report the faults of the tasks of a duty (its `key`) that several posts have."""
    made = Counter(name for task, shape in of.milestones.items() for name in keys(task, shape))
    for task, shape in of.milestones.items():
        if shape.owners:
            where = f"{key}.milestones.{task}.owners"
            yield from _owners(files, file, where, shape)
            yield from _names(files, file, where, [name for name in keys(task, shape) if made[name] > 1], task, shape)


def _owners(files: Files, file: str, where: str, shape: MilestoneShape) -> Iterator[Fault]:
    owners = shape.owners or ()
    if shape.owner:
        yield error(file, where, "Found “owner” and “owners”; expected one of them.")
    for post in dict.fromkeys(owners):
        yield from known(file, where, post, files.posts, "post")
        if owners.count(post) > 1:
            yield error(file, where, f"The post “{post}” stands twice; expected each once.")


def _names(files: Files, file: str, where: str, twice: list[str], task: str, shape: MilestoneShape) -> Iterator[Fault]:
    if len({*(shape.owners or ())}) == len(shape.owners or ()):
        for name in twice:
            yield error(file, where, f"There is another task “{name}”, expected another name.")
    for name in dict.fromkeys(keys(task, shape)):
        if not is_key(name):
            yield error(file, where, f"“{name}” is too long for the name of a task, expected a shorter one.")
        if name in LOCAL_NAMES or name in files.dated:
            yield error(file, where, f"“{name}” means something already, expected another name.")
