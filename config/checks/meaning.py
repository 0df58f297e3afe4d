"""Check that well-formed files make sense together; no fault hides another."""

from collections.abc import Iterator, Mapping

from config.checks import facts as recorded
from config.checks import ladders, owners, practices, standings
from config.checks import own_rules as own
from config.checks import rules as readable
from config.timeline_files.faults import Fault, error
from config.timeline_files.files import Files, known
from config.timeline_files.pack_shapes import MilestoneShape, ObligationShape
from timeline.planning.occurrence_dates import LOCAL_NAMES
from timeline.planning.occurrences import CircularRule, in_dependency_order


def faults(files: Files) -> Iterator[Fault]:
    yield from _council(files)
    for key, obligation in files.pack.obligations.items():
        yield from _obligation(files, files.pack_file, f"obligations.{key}", obligation)
    for key, obligation in files.timeline.obligations.items():
        yield from _obligation(files, files.timeline_file, f"obligations.{key}", obligation)
    yield from standings.faults(files.pack_file, files.pack.obligations, files.pack)
    yield from standings.faults(files.timeline_file, files.timeline.obligations, files.pack)
    yield from ladders.faults(files)
    yield from own.faults(files)
    yield from practices.faults(files)
    yield from own.sign_off(files)
    yield from recorded.faults(files)
    yield from _circles(files)


def _council(files: Files) -> Iterator[Fault]:
    file, key = files.timeline_file, "council.mail_at"
    mail_at, hours, house = files.timeline.council.mail_at, files.hours, files.house_hours
    if hours.opens < house.opens or hours.closes > house.closes:
        text = f"{hours} is not within the hours of the house ({house}), in which alone messages leave."
        yield error(file, "council.working_hours", text)
    if mail_at.tzinfo is not None:
        yield error(file, key, f"Found “{mail_at.isoformat()}”, expected local time without an offset, such as 08:30.")
    elif not hours.opens <= mail_at <= hours.closes:
        yield error(file, key, f"{mail_at:%H:%M} is outside working hours ({hours}).")
    if files.timeline.council.succeeded_by and files.timeline.council.vesting_day is None:
        text = "It says who follows and not when, expected vesting_day, the first day of those that follow."
        yield error(file, "council.succeeded_by", text)
    for name in files.pack.obligations:
        if name in files.facts:
            yield error(files.pack_file, f"obligations.{name}", "A fact has the same name, expected another.")


def _obligation(files: Files, file: str, key: str, shape: ObligationShape) -> Iterator[Fault]:
    repeats = shape.each is None
    yield from readable.faults(file, f"{key}.rule", shape.rule, shape.standing, files.dated, may_repeat=repeats)
    for number, reading in enumerate(shape.readings):
        yield from readable.faults(file, f"{key}.readings[{number}].rule", reading.rule, shape.standing, files.dated)
    yield from known(file, f"{key}.owner", shape.owner, files.posts, "post")
    yield from known(file, f"{key}.ladder", shape.ladder, files.ladders, "ladder")
    for name in ("confirmed_by", "each", "ended_by", "again", "condition"):
        if fact := getattr(shape, name):
            yield from known(file, f"{key}.{name}", fact, files.facts, "fact")
    for fact in shape.track:
        yield from known(file, f"{key}.track", fact, files.facts, "fact")
    yield from owners.faults(files, file, key, shape)
    for name, milestone in shape.milestones.items():
        yield from _milestone(files, file, f"{key}.milestones.{name}", milestone, shape)


def _milestone(files: Files, file: str, key: str, shape: MilestoneShape, of: ObligationShape) -> Iterator[Fault]:
    yield from readable.faults(file, f"{key}.when", shape.when, shape.standing, _local_names(files, of))
    if shape.from_meeting:
        names = _local_names(files, of)
        yield from readable.faults(file, f"{key}.from_meeting", shape.from_meeting, shape.standing, names)
    name = key.rpartition(".")[2]
    if name in LOCAL_NAMES or name in files.dated:
        what = LOCAL_NAMES.get(name, "a fact or a duty")
        yield error(file, key, f"“{name}” means {what} already, expected another name.")
    posts, ladder_key = shape.owners or (shape.owner or of.owner,), shape.ladder or of.ladder
    named = (
        ("owner", shape.owner, files.posts, "post"),
        ("ladder", shape.ladder, files.ladders, "ladder"),
        ("checklist", shape.checklist, files.lists, "list"),
        ("done_by", shape.done_by, files.facts, "fact"),
    )
    for word, value, among, what in named:
        if value:
            yield from known(file, f"{key}.{word}", value, among, what)
    if shape.confirm is not None and (text := own.second_person_fault(of, shape, shape.confirm)):
        yield error(file, f"{key}.confirm", text)
    for owner in posts if ladder_key in files.ladders and shape.ours else ():
        if owner in files.posts:
            yield from ladders.above_ceiling(files, file, key, ladder_key, of, files.posts[owner])


def _local_names(files: Files, of: ObligationShape) -> frozenset[str]:
    """Give the names that a milestone of that duty may count from."""
    return files.dated | frozenset(LOCAL_NAMES) | frozenset(of.milestones)


def _circles(files: Files) -> Iterator[Fault]:
    """Report duties that count from each other, and milestones of a duty that do."""
    duties = {key: [duty.rule, *(reading.rule for reading in duty.readings)] for key, duty in files.obligations.items()}
    yield from _circle(files.pack_file, "obligations", duties)
    for key, duty in files.obligations.items():
        whens = {name: [milestone.when] for name, milestone in duty.milestones.items()}
        file = files.pack_file if key in files.pack.obligations else files.timeline_file
        yield from _circle(file, f"obligations.{key}.milestones", whens)


def _circle(file: str, key: str, texts: Mapping[str, list[str]]) -> Iterator[Fault]:
    try:
        in_dependency_order({name: readable.counted_from(rules) & set(texts) for name, rules in texts.items()})
    except CircularRule as fault:
        yield error(file, key, str(fault))
