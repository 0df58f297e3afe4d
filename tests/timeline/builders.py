"""Hold literal facts for the heart's tests: a small council, ladders and milestones in one line each, and a ledger."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from tests.timeline.literals import at as instant
from tests.timeline.literals import day
from timeline.answers.responses import Answer, Response
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.london import LONDON
from timeline.definitions.council import Council, CouncilTimeline
from timeline.definitions.duties import (
    LINE_MANAGER,
    OWNER,
    DutyClass,
    Ladder,
    Level,
    Mark,
    MilestoneRule,
    Obligation,
    OccurrenceKind,
    Rung,
    Unless,
)
from timeline.definitions.facts import Embargo, Fact
from timeline.definitions.people import Directory, Holder, Person, Post
from timeline.definitions.standing import PRACTICE, Standing
from timeline.planning.occurrences import Milestone

DUE = "Thu 28 Nov 2019"


# The last day of the verified calendar: it moves on when the library brings another year.
LAST_ON = calendars().law.last_on
_EVER = datetime.min.replace(tzinfo=LONDON)
NO_DAYS: Mapping[date, str] = {}


# The line of the officer who owns things here, upwards, and two who are never a rung.
LINE = ("officer", "team_manager", "head_of_service", "director", "chief_executive")
POSTS: dict[str, Post] = {
    "officer": Post(key="officer", title="Officer", line_manager="team_manager"),
    "team_manager": Post(key="team_manager", title="Team manager", line_manager="head_of_service"),
    "head_of_service": Post(
        key="head_of_service", title="Head of service", level=Level.HEAD_OF_SERVICE, line_manager="director"
    ),
    "director": Post(key="director", title="Director", level=Level.DIRECTOR, line_manager="chief_executive"),
    "chief_executive": Post(key="chief_executive", title="Chief executive", level=Level.CHIEF_EXECUTIVE),
    "programme_lead": Post(key="programme_lead", title="Programme lead", line_manager="head_of_service"),
    "lead_member": Post(key="lead_member", title="Lead member", level=Level.MEMBER),
    "commissioner": Post(key="commissioner", title="Commissioner", level=Level.EXTERNAL),
}


def person_of(post: str) -> str:
    """Give the key of the person who holds a post here."""
    return post.replace("_", "-")


def directory(*, vacant: Collection[str] = (), holders: Iterable[Holder] = ()) -> Directory:
    """Give everybody in post, but for the posts that are vacant or held by `holders` (whose people are made as
    needed).
    """
    given = tuple(holders)
    left_alone = set(vacant) | {holder.post for holder in given}
    usual = tuple(Holder(post=post, person=person_of(post)) for post in POSTS if post not in left_alone)
    keys = {holder.person for holder in (*usual, *given)}
    people = {key: _person(key) for key in keys}
    return Directory(posts=POSTS, people=people, holders=(*usual, *given))


def _person(key: str) -> Person:
    return Person(key=key, name=key.replace("-", " ").capitalize(), address=f"{key}@council.example")


EVERYBODY = directory()


def rung(
    key: str,
    when: str,
    *to: str,
    unless: Unless = Unless.DONE,
    every: int | None = None,
    times: int = 0,
    urgent: bool = False,
) -> Rung:
    """Give words such as rung("first", "10 before", OWNER), "2 after", "3 after first prompt", "0 before at 12:00"."""
    words, _, clock = when.partition(" at ")
    n, _, mark = words.partition(" ")
    return Rung(
        key=key,
        working_days=int(n),
        mark=Mark(mark),
        to=to,
        unless=unless,
        at=time.fromisoformat(clock) if clock else None,
        every=every,
        times=times,
        urgent=urgent,
    )


def ladder(*rungs: Rung, acknowledged_for: int = 5) -> Ladder:
    return Ladder(key="ladder", rungs=rungs, acknowledged_for=acknowledged_for)


# A ladder with one rung of each sort. Its days round Thu 28 Nov 2019: Thu 14, Tue 19, Thu 21, Tue 26, Thu 28 Nov,
# then Fri 29 Nov, Tue 3 and Thu 5 Dec.
USUAL = ladder(
    rung("first", "10 before", OWNER, unless=Unless.ACKNOWLEDGED),
    rung("no-answer", "3 after first prompt", LINE_MANAGER, unless=Unless.ACKNOWLEDGED),
    rung("reminder", "5 before", OWNER, unless=Unless.ACKNOWLEDGED),
    rung("not-done", "2 before", OWNER, LINE_MANAGER),
    rung("on-the-day", "0 before", OWNER, "director"),
    rung("overdue", "1 after", OWNER, LINE_MANAGER, "director", "chief_executive", every=2, times=2),
)


def milestone(
    of: Ladder = USUAL,
    *,
    due: str = DUE,
    legal: str = "",
    owner: str = "officer",
    duty_class: DutyClass = DutyClass.A,
    embargoes: Sequence[Embargo] = (),
    waits_for: tuple[str, ...] = (),
    ours: bool = True,
) -> Milestone:
    due_on = None if waits_for else day(due)
    return Milestone(
        ref="action-plan/1/draft",
        obligation="action-plan",
        number=1,
        key="draft",
        title="First draft of the action plan",
        duty="Action plan to Ofsted",
        asks="Have a first draft.",
        owner=owner,
        duty_class=duty_class,
        ladder=of,
        legal_on=day(legal) if legal else due_on,
        due_on=due_on,
        basis="Council practice",
        standing=PRACTICE,
        waits_for=waits_for,
        why=("Counted from Wednesday 21 August 2019 (paragraph 6.1).", "40 working days before it."),
        embargoes=tuple(embargoes),
        ours=ours,
    )


def council(
    *,
    directory: Directory = EVERYBODY,
    live_from: str = "",
    shadow_until: str = "",
    obligations: Sequence[Obligation] = (),
    facts: Sequence[Fact] = (),
    proclaimed: Mapping[date, str] = NO_DAYS,
    closures: Mapping[date, str] = NO_DAYS,
) -> CouncilTimeline:
    return CouncilTimeline(
        council=Council(
            key="council",
            name="The Council",
            programme_lead="programme_lead",
            live_from=day(live_from) if live_from else None,
            shadow_until=day(shadow_until) if shadow_until else None,
        ),
        obligations=tuple(obligations),
        facts=tuple(facts),
        directory=directory,
        proclaimed_bank_holidays=proclaimed,
        closure_days=closures,
    )


COUNCIL = council()


def duty(
    rule: str,
    *milestones: MilestoneRule,
    key: str = "action-plan",
    duty_class: DutyClass = DutyClass.A,
    standing: Standing = PRACTICE,
    confirmed_by: str | None = None,
    **more: object,
) -> Obligation:
    given = Obligation(
        key=key,
        title=key.replace("-", " ").capitalize(),
        duty_class=duty_class,
        kind=OccurrenceKind.SUBMISSION,
        rule=rule,
        basis="Council practice",
        standing=standing,
        owner="officer",
        milestones=milestones or (task("draft", "1 working day before due"),),
        confirmed_by=confirmed_by,
    )
    return replace(given, **more)  # type: ignore[arg-type]


def task(
    key: str, when: str, *, of: Ladder = USUAL, owner: str = "officer", ours: bool = True, standing: Standing = PRACTICE
) -> MilestoneRule:
    title = key.replace("-", " ").capitalize()
    return MilestoneRule(
        key=key, title=title, when=when, asks=f"{title}.", ladder=of, owner=owner, ours=ours, standing=standing
    )


def fact(
    name: str, on: str, *, known: str = "", until: str = "", of: str | None = None, embargo: Embargo | None = None
) -> Fact:
    """Give a fact known from the first moment of its day, unless `known` says otherwise ("Wed 21 Aug 2019 09:00")."""
    return Fact(
        name=name,
        on=day(on),
        until=day(until) if until else None,
        known_at=instant(known or f"{on} 00:00"),
        who="Head of improvement",
        source="paragraph 6.1",
        occurrence=of,
        embargo=embargo,
    )


def answer(what: Answer, when: str, *, person: str = "officer", due: str = DUE, **more: Any) -> Response:
    return Response(
        milestone="action-plan/1/draft",
        due_on=day(due),
        person=person,
        answer=what,
        at=instant(when),
        via="link",
        evidence="minute 4.2" if what is Answer.DONE else "",
        **more,
    )
