"""A task that several posts have: one task for each, so that each is asked, answers and is done by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from config.shapes import MilestoneShape
from timeline.duties import MilestoneRule
from timeline.people import Post


def each(task: MilestoneRule, shape: MilestoneShape, posts: Mapping[str, Post]) -> Iterator[MilestoneRule]:
    """The task as it was made of its shape; one of several owners once for each, as `KEY-POST`."""
    if not shape.owners:
        yield task
    for post in shape.owners or ():
        yield replace(task, key=f"{task.key}-{post}", owner=post, shared=task.key, whose=_title(post, posts))


def _title(key: str, posts: Mapping[str, Post]) -> str:
    """A post that is not there has a fault of its own."""
    return posts[key].title if key in posts else key


def keys(task: str, shape: MilestoneShape) -> tuple[str, ...]:
    """The names of the tasks that are made of it."""
    return tuple(f"{task}-{post}" for post in shape.owners) if shape.owners else (task,)
