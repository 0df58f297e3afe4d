"""Hold the council of one seed: a few duties of each class with their real ladders, and a dozen people."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache

from config.load import load
from tests.support.stated import MEDWAY
from tests.timeline.second_count import anchor_of
from timeline.calendar.london import start_of_day
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.duties import MilestoneRule, Obligation
from timeline.definitions.facts import Embargo, Fact
from timeline.definitions.people import Directory, Holder, Person, Post

KEY = "medway"
EXTRA = "newcomer"
# The duties that a seed may draw, by class: those that come once or by a fact are whole, a series comes less often.
MENU = {
    "A": ("publish-report", "action-plan", "commissioner-instruction", "assistance-request", "focused-visit"),
    "B": ("monitoring-visit", "cabinet-report", "dfe-review", "scrutiny-report", "action-planning-visit"),
    "C": ("plo-panel", "corporate-parenting-board", "early-help-review", "improvement-board", "risk-register"),
    "D": ("practice-manager-training", "communications", "engagement-forum"),
}
_SERIES = {
    "monitoring-visit": "quarterly from report_published",
    "plo-panel": "every 22 weeks from report_published",
    "corporate-parenting-board": "every 5 months from report_published",
    "improvement-board": "every 4 months from report_published or next working day",
    "risk-register": "every 5 months from report_published or next working day",
    "practice-manager-training": "every 21 weeks from report_published",
    "engagement-forum": "every 4 months from report_published or previous working day",
    "communications": "9 weeks after report_published or next working day",
}
_TASKS = {"action-plan": 5, "monitoring-visit": 3, "early-help-review": 3, "cabinet-report": 4}
_KEPT = {
    "action-plan": ("target", "submitted", "sign-off"),
    "monitoring-visit": ("draft-letter",),
    "focused-visit": ("draft", "submitted"),
    "publish-report": ("published",),
}


@dataclass(frozen=True)
class Town:
    """Hold what stands at the beginning; `start` is the day of the first apply, a Monday."""

    timeline: CouncilTimeline
    start: date

    @property
    def duties(self) -> tuple[str, ...]:
        return tuple(duty.key for duty in self.timeline.obligations)


@cache
def medway() -> CouncilTimeline:
    return load(MEDWAY, on=date(2019, 8, 27))


def draw(seed: int, *, without: Iterable[str] = ()) -> Town:
    """Give the council of this seed; each part has a stream of chance of its own."""
    start = _start(seed)
    names = [duty for duty in _duties(seed) if duty not in set(without)]
    duties = tuple(_duty(seed, name) for name in names)
    base = medway()
    council = replace(
        base.council,
        live_from=None,
        shadow_by_default=chance(seed, "shadow").random() < 0.2,
        committees=(),
        pre_election_periods=(),
    )
    timeline = replace(
        base,
        council=council,
        obligations=duties,
        facts=tuple(_facts(seed, start)),
        directory=_directory(seed, duties),
        proclaimed_bank_holidays={},
        closure_days=_closures(seed, start),
    )
    return Town(timeline, start)


def chance(seed: int, stream: str) -> random.Random:
    """Give a stream of its own, so that taking one event away moves no other."""
    return random.Random(f"{seed}/{stream}")  # noqa: S311 (a story, not a secret)


def _start(seed: int) -> date:
    """Give a Monday that leaves two years and the look ahead within the verified calendar, often with a late
    holiday.
    """
    luck = chance(seed, "start")
    begin = luck.choice([date(2014, 1, 6), date(2018, 10, 1), date(2020, 3, 2), date(2021, 6, 7), date(2022, 1, 3)])
    on = begin + timedelta(days=luck.randrange(0, 500))
    return on - timedelta(days=on.weekday())


def _duties(seed: int) -> list[str]:
    """Give one of each class, and one more."""
    luck = chance(seed, "duties")
    given = [luck.choice(ones) for ones in MENU.values()]
    more = luck.choice([each for ones in MENU.values() for each in ones])
    return list(dict.fromkeys([*given, more]))


def _duty(seed: int, name: str) -> Obligation:
    duty = next(obligation for obligation in medway().obligations if obligation.key == name)
    rule = _SERIES.get(name, duty.rule)
    return replace(duty, rule=rule, milestones=_tasks(seed, duty), sign_off="")


def _tasks(seed: int, duty: Obligation) -> tuple[MilestoneRule, ...]:
    """Give some of its tasks, with those they count from."""
    luck = chance(seed, f"tasks of {duty.key}")
    ours = [rule.key for rule in duty.milestones if rule.ours]
    kept = [each for each in _KEPT.get(duty.key, ()) if each in ours]
    rest = luck.sample([our for our in ours if our not in kept], k=len(ours) - len(kept))
    chosen = set([*kept, *rest][: _TASKS.get(duty.key, 2 if duty.key in _SERIES else 3)])
    whens = {rule.key: rule.when for rule in duty.milestones}
    for _ in duty.milestones:
        chosen |= {name for each in chosen if (name := anchor_of(whens[each])) in whens}
    return tuple(rule for rule in duty.milestones if rule.key in chosen)


def _closures(seed: int, start: date) -> dict[date, str]:
    if chance(seed, "closures").random() < 0.6:
        return {}
    years = (start.year, start.year + 1)
    return {date(year, 12, day): "Christmas closure" for year in years for day in (27, 28, 29, 30, 31)}


def _facts(seed: int, start: date) -> list[Fact]:
    """Give the report, received in confidence; published at once or much later."""
    luck = chance(seed, "facts")
    received = start - timedelta(days=luck.choice([3, 7, 10]))
    published = received + timedelta(days=luck.choice([5, 6, 8, 40, 60]))
    first = start_of_day(start)
    report = fact("report_received", received, first)
    announced = fact("report_published", published, first)
    direction = fact("statutory_direction", start, first)
    return [report, announced, direction]


def fact(name: str, on: date, known_at: datetime, *, of: str | None = None, until: date | None = None) -> Fact:
    """Give a fact with the embargo that the rule pack gives facts of this name."""
    return Fact(
        name=name,
        on=on,
        until=until,
        known_at=known_at,
        who="Programme lead",
        source="the simulation",
        occurrence=of,
        embargo=EMBARGOES.get(name),
    )


_INNER = frozenset({"director", "chief_executive", "head_of_improvement"})
_TEAM = _INNER | {"improvement_programme_lead"}
EMBARGOES = {
    "report_received": Embargo(circulation=_TEAM, until_fact="report_published"),
    "draft_letter_received": Embargo(circulation=_INNER, until_fact="letter_issued"),
    "focused_visit_letter": Embargo(circulation=_TEAM, until_fact="focused_visit_letter_published"),
}
_ALWAYS = (
    *("chief_executive", "director", "head_of_improvement", "head_of_safeguarding", "head_of_quality_assurance"),
    *("improvement_programme_lead", "lead_member", "commissioner"),
)


def _directory(seed: int, duties: Iterable[Obligation]) -> Directory:
    """Give a holder for every post that a ladder may reach; some hold two, some have a deputy, some another channel."""
    luck = chance(seed, "people")
    posts = dict(medway().directory.posts)
    owners = {task.owner for duty in duties for task in duty.milestones}
    needed = list(dict.fromkeys([*_ALWAYS, *(each for owner in sorted(owners) for each in _line(posts, owner))]))
    officers = [each for each in needed if posts[each].level.value in ("officer", "head_of_service")]
    for key in officers:
        if luck.random() < 0.6:
            posts[key] = replace(posts[key], deputy=luck.choice([officer for officer in officers if officer != key]))
    people = {key.replace("_", "-"): _person(luck, key) for key in needed}
    people[EXTRA] = _person(luck, EXTRA)
    holders = [Holder(post=key, person=key.replace("_", "-")) for key in needed]
    if luck.random() < 0.4:
        holders = _two_posts(luck, holders, posts)
    return Directory(posts=posts, people=people, holders=tuple(holders))


def _two_posts(luck: random.Random, holders: list[Holder], posts: dict[str, Post]) -> list[Holder]:
    """See that one officer holds another officer's post too."""
    officers = [holder for holder in holders if posts[holder.post].level.value == "officer"]
    if len(officers) < 2:
        return holders
    holder, other = luck.sample(officers, k=2)
    return [replace(held, person=other.person) if held == holder else held for held in holders]


def _line(posts: dict[str, Post], post: str | None) -> list[str]:
    rows: list[str] = []
    while post and post not in rows:
        rows.append(post)
        post = posts[post].line_manager
    return rows


def _person(luck: random.Random, key: str) -> Person:
    texts = luck.random() < 0.12
    return Person(
        key=key.replace("_", "-"),
        name=key.replace("_", " ").title(),
        address=f"{key.replace('_', '.')}@medway.example",
        channels=("sms", "mail") if texts else (),
        phone="+447700900" + f"{luck.randrange(1000):03d}" if texts else "",
    )
