"""Whether files that are well formed also make sense together; every fault is found, none hides another."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.build import posts as built_posts
from config.build import rung_when
from config.faults import Fault, error
from config.shapes import LadderShape, MilestoneShape, ObligationShape, PackShape, TimelineShape
from timeline import rules
from timeline.calendar import WorkingHours
from timeline.duties import LINE_MANAGER, OWNER, Level, Mark, Status, Unless
from timeline.ground import may_climb_to
from timeline.milestones import LOCAL_NAMES
from timeline.people import Post
from timeline.rules import RuleError

CHANNELS = ("mail",)


@dataclass(frozen=True)
class Files:
    """Both files of a council and what stands in them by name."""

    pack_file: str
    pack: PackShape
    timeline_file: str
    timeline: TimelineShape
    hours: WorkingHours

    @property
    def posts(self) -> Mapping[str, Post]:
        return built_posts(self.pack, self.timeline)

    @property
    def dated(self) -> frozenset[str]:
        return frozenset(self.pack.facts) | frozenset(self.pack.obligations)


def faults(files: Files) -> Iterator[Fault]:
    for key, obligation in files.pack.obligations.items():
        yield from _obligation(files, f"obligations.{key}", obligation)
    for key, ladder in files.pack.ladders.items():
        yield from _ladder(files, f"ladders.{key}", ladder)
    yield from _embargoes(files)
    yield from _own_rules(files)
    yield from _facts(files)


def _obligation(files: Files, key: str, shape: ObligationShape) -> Iterator[Fault]:
    file = files.pack_file
    yield from _rule(file, f"{key}.rule", shape.rule, shape.status, files.dated)
    for number, reading in enumerate(shape.readings):
        yield from _rule(file, f"{key}.readings[{number}].rule", reading.rule, shape.status, files.dated)
    yield from _known(file, f"{key}.owner", shape.owner, files.posts, "post")
    yield from _known(file, f"{key}.ladder", shape.ladder, files.pack.ladders, "ladder")
    if shape.confirmed_by:
        yield from _known(file, f"{key}.confirmed_by", shape.confirmed_by, files.pack.facts, "fact")
    for name, milestone in shape.milestones.items():
        yield from _milestone(files, f"{key}.milestones.{name}", milestone, shape)


def _milestone(files: Files, key: str, shape: MilestoneShape, of: ObligationShape) -> Iterator[Fault]:
    file = files.pack_file
    names = files.dated | frozenset(LOCAL_NAMES) | frozenset(of.milestones)
    yield from _rule(file, f"{key}.when", shape.when, shape.status, names)
    owner, ladder_key = shape.owner or of.owner, shape.ladder or of.ladder
    if shape.owner:
        yield from _known(file, f"{key}.owner", shape.owner, files.posts, "post")
    if shape.ladder:
        yield from _known(file, f"{key}.ladder", shape.ladder, files.pack.ladders, "ladder")
    ladder = files.pack.ladders.get(ladder_key)
    if ladder and shape.ours and owner in files.posts:
        yield from _ceiling(files, key, ladder_key, ladder, of, files.posts[owner])


def _ceiling(
    files: Files, key: str, ladder_key: str, ladder: LadderShape, of: ObligationShape, owner: Post
) -> Iterator[Fault]:
    """A ladder above the ceiling of the duty's class is refused (design, "Class")."""
    for rung in ladder.rungs:
        for selector in rung.to:
            target = owner.line_manager if selector == LINE_MANAGER else selector
            post = files.posts.get(target or "")
            if post and selector != OWNER and not may_climb_to(of.duty_class, selector, post.level):
                yield error(
                    files.pack_file,
                    f"{key} (ladder {ladder_key}, rung {rung.rung})",
                    f"The rung reaches {post.title} ({post.level.value.replace('_', ' ')}), above the ceiling of "
                    f"class {of.duty_class.value}; expected a post below it.",
                )


def _rule(file: str, key: str, text: str, status: Status, names: frozenset[str]) -> Iterator[Fault]:
    try:
        rule = rules.parse(text)
    except RuleError as fault:
        yield error(file, key, str(fault))
        return
    if isinstance(rule, rules.Rolled) and status is not Status.LOCAL:
        yield error(file, key, f"Only a rule of status local may move a date to a working day; this one is {status}.")
    for name in rules.names(rule):
        if name not in names:
            yield error(file, key, f"“{name}” is no fact, duty or milestone known here.{_near(name, names)}")


def _known(file: str, key: str, name: str, among: Mapping[str, object], what: str) -> Iterator[Fault]:
    if name not in among:
        yield error(file, key, f"There is no {what} “{name}”.{_near(name, among)}")


def _near(name: str, among: Mapping[str, object] | frozenset[str]) -> str:
    from difflib import get_close_matches

    found = get_close_matches(name, list(among), n=1)
    return f" Did you mean “{found[0]}”?" if found else ""


def _ladder(files: Files, key: str, shape: LadderShape) -> Iterator[Fault]:
    seen: set[str] = set()
    after = False
    for number, rung in enumerate(shape.rungs):
        where = f"{key}.rungs[{number}]"
        if rung.rung in seen:
            yield error(files.pack_file, where, f"The rung “{rung.rung}” stands twice; expected each name once.")
        seen.add(rung.rung)
        try:
            _, mark, at = rung_when(rung.when)
        except ValueError as fault:
            yield error(files.pack_file, f"{where}.when", str(fault))
            continue
        after = after or mark is Mark.AFTER_DUE
        if at and not rung.urgent and not files.hours.opens <= at <= files.hours.closes:
            yield error(files.pack_file, f"{where}.when", f"{at:%H:%M} is outside working hours.")
        yield from _targets(files, where, rung.to, rung.unless)
        for channel in rung.channels:
            yield from _known(files.pack_file, f"{where}.channels", channel, dict.fromkeys(CHANNELS), "channel")
        if rung.times and not rung.every:
            yield error(files.pack_file, f"{where}.every", "A rung that repeats says how often: “2 working days”.")
    if not after:
        text = "The ladder ends silently; expected a last rung such as “1 working day after”."
        yield error(files.pack_file, f"{key}.rungs", text)


def _targets(files: Files, where: str, to: tuple[str, ...], unless: Unless) -> Iterator[Fault]:
    for selector in to:
        if selector in (OWNER, LINE_MANAGER):
            continue
        yield from _known(files.pack_file, f"{where}.to", selector, files.posts, "post")
        post = files.posts.get(selector)
        if post and post.level in (Level.MEMBER, Level.EXTERNAL):
            text = f"{post.title} is never an automatic rung; expected a post of the council's staff."
            yield error(files.pack_file, f"{where}.to", text)
        if unless is Unless.ACKNOWLEDGED:
            text = "No answer alone never climbs above the line manager; expected “unless: done” for this rung."
            yield error(files.pack_file, f"{where}.unless", text)


def _embargoes(files: Files) -> Iterator[Fault]:
    for name, embargo in files.pack.embargoes.items():
        key = f"embargoes.{name}"
        yield from _known(files.pack_file, key, name, files.pack.facts, "fact")
        yield from _known(files.pack_file, f"{key}.until", embargo.until, files.pack.facts, "fact")
        for post in embargo.circulation:
            yield from _known(files.pack_file, f"{key}.circulation", post, files.posts, "post")


def _own_rules(files: Files) -> Iterator[Fault]:
    """A council may replace a rule that is its own practice, never one that comes from law."""
    for key, text in files.timeline.rules.items():
        where = f"rules.{key}"
        yield from _known(files.timeline_file, where, key, files.pack.obligations, "duty")
        shape = files.pack.obligations.get(key)
        if shape and shape.status is not Status.LOCAL:
            reason = f"This rule is {shape.status.value} ({shape.basis}), so a council cannot replace it."
            yield error(files.timeline_file, where, reason)
        elif shape:
            yield from _rule(files.timeline_file, where, text, shape.status, files.dated)


def _facts(files: Files) -> Iterator[Fault]:
    file = files.timeline_file
    for number, fact in enumerate(files.timeline.facts):
        key = f"facts[{number}]"
        yield from _known(file, f"{key}.fact", fact.fact, files.pack.facts, "fact")
        if fact.until and fact.until < fact.on:
            yield error(file, f"{key}.until", f"{fact.until} is before {fact.on}; expected the last day of the event.")
        for post in fact.circulation:
            yield from _known(file, f"{key}.circulation", post, files.posts, "post")
        if fact.restricted_until and not fact.circulation:
            yield error(file, f"{key}.circulation", "A restricted fact names the posts it may reach; none is given.")
        if fact.of:
            yield from _occurrence(files, f"{key}.for", fact.of)


def _occurrence(files: Files, key: str, ref: str) -> Iterator[Fault]:
    found = re.fullmatch(r"([a-z][a-z0-9_-]*)/([1-9]\d{0,3})", ref)
    if not found or found[1] not in files.pack.obligations:
        yield error(files.timeline_file, key, f"Found “{ref}”, expected an occurrence such as “monitoring-visit/1”.")
