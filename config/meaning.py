"""Whether files that are well formed also make sense together; every fault is found, none hides another."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

from config import ladders, recorded
from config.faults import Fault, error
from config.files import Files, known, near
from config.shapes import MilestoneShape, ObligationShape
from timeline import rules
from timeline.calendar import BeyondCalendar, calendars
from timeline.duties import Status
from timeline.milestones import LOCAL_NAMES
from timeline.occurrences import CircularRule, each_after_its_needs
from timeline.rules import Anchor, RuleError

# Any day will do to see whether a rule can be worked out.
_SOME_DAY = Anchor(date(2020, 1, 6))


def faults(files: Files) -> Iterator[Fault]:
    yield from _council(files)
    for key, obligation in files.pack.obligations.items():
        yield from _obligation(files, f"obligations.{key}", obligation)
    yield from ladders.faults(files)
    yield from _own_rules(files)
    yield from recorded.faults(files)
    yield from _circles(files)


def _council(files: Files) -> Iterator[Fault]:
    file, key = files.timeline_file, "council.mail_at"
    mail_at, hours = files.timeline.council.mail_at, files.hours
    if mail_at.tzinfo is not None:
        yield error(file, key, f"Found “{mail_at.isoformat()}”, expected local time without an offset, such as 08:30.")
    elif not hours.opens <= mail_at <= hours.closes:
        yield error(file, key, f"{mail_at:%H:%M} is outside working hours ({hours.opens:%H:%M}-{hours.closes:%H:%M}).")
    for name in files.pack.obligations:
        if name in files.pack.facts:
            yield error(files.pack_file, f"obligations.{name}", "A fact has the same name, expected another.")


def _obligation(files: Files, key: str, shape: ObligationShape) -> Iterator[Fault]:
    file = files.pack_file
    yield from _rule(file, f"{key}.rule", shape.rule, shape.status, files.dated, may_repeat=True)
    for number, reading in enumerate(shape.readings):
        yield from _rule(file, f"{key}.readings[{number}].rule", reading.rule, shape.status, files.dated)
    yield from known(file, f"{key}.owner", shape.owner, files.posts, "post")
    yield from known(file, f"{key}.ladder", shape.ladder, files.pack.ladders, "ladder")
    if shape.confirmed_by:
        yield from known(file, f"{key}.confirmed_by", shape.confirmed_by, files.pack.facts, "fact")
    for name, milestone in shape.milestones.items():
        yield from _milestone(files, f"{key}.milestones.{name}", milestone, shape)


def _milestone(files: Files, key: str, shape: MilestoneShape, of: ObligationShape) -> Iterator[Fault]:
    file = files.pack_file
    names = files.dated | frozenset(LOCAL_NAMES) | frozenset(of.milestones)
    yield from _rule(file, f"{key}.when", shape.when, shape.status, names)
    name = key.rpartition(".")[2]
    if name in LOCAL_NAMES or name in files.dated:
        what = LOCAL_NAMES.get(name, "a fact or a duty")
        yield error(file, key, f"“{name}” means {what} already, expected another name.")
    owner, ladder_key = shape.owner or of.owner, shape.ladder or of.ladder
    if shape.owner:
        yield from known(file, f"{key}.owner", shape.owner, files.posts, "post")
    if shape.ladder:
        yield from known(file, f"{key}.ladder", shape.ladder, files.pack.ladders, "ladder")
    ladder = files.pack.ladders.get(ladder_key)
    if ladder and shape.ours and owner in files.posts:
        yield from ladders.above_ceiling(files, key, ladder_key, ladder, of, files.posts[owner])


def _rule(
    file: str, key: str, text: str, status: Status, names: frozenset[str], *, may_repeat: bool = False
) -> Iterator[Fault]:
    try:
        rule = rules.parse(text)
    except RuleError as fault:
        yield error(file, key, str(fault))
        return
    found = tuple(_rule_faults(rule, status, names, may_repeat))
    yield from (error(file, key, one) for one in found or _unworkable(rule))


def _rule_faults(rule: rules.Rule, status: Status, names: frozenset[str], may_repeat: bool) -> Iterator[str]:
    if rules.is_series(rule) and not may_repeat:
        yield f"Rule “{rule}” gives many dates, expected one, such as “5 working days before due”."
    if rules.is_series(rule) and rules.plain(rule).anchor is None:
        yield f"Rule “{rule}” has no place to begin, expected “from” and a fact or a date."
    if isinstance(rule, rules.Rolled) and status is not Status.LOCAL:
        yield f"Only a rule of status local may move a date to a working day; this one is {status}."
    for name in rules.names(rule):
        if name not in names:
            yield f"“{name}” is no fact, duty or milestone known here.{near(name, names)}"


def _unworkable(rule: rules.Rule) -> Iterator[str]:
    """What is only seen when a rule is worked out, such as a year beyond all calendars."""
    anchors = dict.fromkeys(rules.names(rule), _SOME_DAY)
    try:
        if rules.is_series(rule):
            rules.series(rule, anchors=anchors, calendars=calendars(), until=_SOME_DAY.on, local=True)
        else:
            rules.evaluate(rule, anchors=anchors, calendars=calendars(), local=True)
    except BeyondCalendar:
        return
    except RuleError as fault:
        yield str(fault)


def _own_rules(files: Files) -> Iterator[Fault]:
    """A council may replace a rule that is its own practice, never one that comes from law."""
    for key, text in files.timeline.rules.items():
        where = f"rules.{key}"
        yield from known(files.timeline_file, where, key, files.pack.obligations, "duty")
        shape = files.pack.obligations.get(key)
        if shape and shape.status is not Status.LOCAL:
            reason = f"This rule is {shape.status.value} ({shape.basis}), so a council cannot replace it."
            yield error(files.timeline_file, where, reason)
        elif shape:
            yield from _rule(files.timeline_file, where, text, shape.status, files.dated, may_repeat=True)


def _circles(files: Files) -> Iterator[Fault]:
    """Duties that count from each other, and milestones of one duty that do."""
    own = files.timeline.rules
    duties = {
        key: [own.get(key, one.rule), *(reading.rule for reading in one.readings)]
        for key, one in files.pack.obligations.items()
    }
    yield from _circle(files.pack_file, "obligations", duties)
    for key, duty in files.pack.obligations.items():
        whens = {name: [one.when] for name, one in duty.milestones.items()}
        yield from _circle(files.pack_file, f"obligations.{key}.milestones", whens)


def _circle(file: str, key: str, texts: Mapping[str, list[str]]) -> Iterator[Fault]:
    try:
        each_after_its_needs({name: _counted_from(found) & set(texts) for name, found in texts.items()})
    except CircularRule as fault:
        yield error(file, key, str(fault))


def _counted_from(texts: list[str]) -> set[str]:
    """The names in rules; one that cannot be read has a fault of its own."""
    names: set[str] = set()
    for text in texts:
        with suppress(RuleError):
            names |= set(rules.names(rules.parse(text)))
    return names
