"""Check each ladder: rungs that can be read, recipients they may have, and the ceiling of the class."""

from collections.abc import Iterator, Mapping

from config.settings import settings
from config.timeline_files.build_duties import rung_when
from config.timeline_files.faults import Fault, error
from config.timeline_files.files import Files, known
from config.timeline_files.pack_shapes import LadderShape, ObligationShape, RungShape
from timeline.definitions.duties import OWNER, Level, Mark, Unless
from timeline.definitions.people import Post
from timeline.definitions.selectors import parse
from timeline.escalation.audience import may_climb_to

# Channels that a council may set up later: a ladder that already names them needs no change then.
_USUAL = ("mail", "teams", "sms")


def channels() -> dict[str, None]:
    """Give the channel names that a rung may use: the usual names, and those in the settings."""
    return dict.fromkeys((*_USUAL, *settings().ways()))


def faults(files: Files) -> Iterator[Fault]:
    for key, shape in files.pack.ladders.items():
        yield from _ladder(files, files.pack_file, f"ladders.{key}", shape)
    for key, shape in files.timeline.ladders.items():
        yield from _ladder(files, files.timeline_file, f"ladders.{key}", shape)
        if key in files.pack.ladders:
            text = "The rule pack has a ladder of this name, expected another."
            yield error(files.timeline_file, f"ladders.{key}", text)


def _ladder(files: Files, file: str, key: str, shape: LadderShape) -> Iterator[Fault]:
    names = [rung.rung for rung in shape.rungs]
    for number, rung in enumerate(shape.rungs):
        where = f"{key}.rungs[{number}]"
        if rung.rung in names[:number]:
            yield error(file, where, f"The rung “{rung.rung}” stands twice; expected each name once.")
        yield from _when(files, file, where, rung)
        yield from _targets(files, file, where, rung.to, rung.unless)
        yield from _repeats(file, where, rung)
        for channel in rung.channels:
            yield from known(file, f"{where}.channels", channel, channels(), "channel")
    if not any(OWNER in rung.to for rung in shape.rungs):
        text = "No rung asks the owner, and nobody else is told before; expected one “to: owner”."
        yield error(file, f"{key}.rungs", text)
    if not any(_counts_after(rung) for rung in shape.rungs):
        text = "The ladder ends silently; expected a last rung such as “1 working day after”."
        yield error(file, f"{key}.rungs", text)


def _when(files: Files, file: str, where: str, rung: RungShape) -> Iterator[Fault]:
    try:
        _, _, at = rung_when(rung.when)
    except ValueError as fault:
        yield error(file, f"{where}.when", str(fault))
        return
    if at and not rung.urgent and not files.hours.opens <= at <= files.hours.closes:
        yield error(file, f"{where}.when", f"{at:%H:%M} is outside working hours.")


def _counts_after(rung: RungShape) -> bool:
    """Tell whether a rung counts after the due date; an unreadable rung, which has its own fault, may."""
    try:
        return rung_when(rung.when)[1] is Mark.AFTER_DUE
    except ValueError:
        return True


def _repeats(file: str, where: str, rung: RungShape) -> Iterator[Fault]:
    if rung.times and not rung.every:
        yield error(file, f"{where}.every", "A rung that repeats says how often: “2 working days”.")
    if rung.every and not rung.times:
        yield error(file, f"{where}.times", "A rung that repeats says how many times more, such as 3.")


def _targets(files: Files, file: str, where: str, to: tuple[str, ...], unless: Unless) -> Iterator[Fault]:
    for selector in to:
        named = parse(selector).post
        if named == OWNER:
            continue
        yield from known(file, f"{where}.to", named, files.posts, "post")
        post = _target(files.posts, selector, named)
        if post and post.level in (Level.MEMBER, Level.EXTERNAL):
            text = f"{post.title} is never an automatic rung; expected a post of the council's staff."
            yield error(file, f"{where}.to", text)
        if unless is Unless.ACKNOWLEDGED:
            text = "No answer alone never climbs above the line manager; expected “unless: done” for this rung."
            yield error(file, f"{where}.unless", text)


def _target(posts: Mapping[str, Post], selector: str, owner: str) -> Post | None:
    """Give the post that a selector means, vacant or not."""
    relation, named = parse(selector)
    post = posts.get(owner if named == OWNER else named)
    if post is None or not relation:
        return post
    return posts.get((post.line_manager if relation == "line manager" else post.deputy) or "")


def above_ceiling(
    files: Files, file: str, key: str, ladder_key: str, of: ObligationShape, owner: Post
) -> Iterator[Fault]:
    """Refuse a ladder above the ceiling of the duty's class (design, "Class")."""
    for rung in files.ladders[ladder_key].rungs:
        for selector in rung.to:
            post = _target(files.posts, selector, owner.key)
            if post and selector != OWNER and not may_climb_to(of.duty_class, selector, post.level):
                yield error(
                    file,
                    f"{key} (ladder {ladder_key}, rung {rung.rung})",
                    f"The rung reaches {post.title} ({post.level.value.replace('_', ' ')}), above the ceiling of "
                    f"class {of.duty_class.value}; expected a post below it.",
                )
