"""Draw lives that nobody would think of for the laws of the ladder: vacancies, answers, outages and embargoes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zlib import crc32

from hypothesis import strategies as st

from tests.support.fuzzing import looks_at
from tests.timeline.builders import LAST_ON, LINE, POSTS, council, directory, milestone, person_of
from tests.timeline.literals import day
from tests.timeline.lives import Life
from timeline.answers.responses import Answer, Response
from timeline.calendar.bank_holidays import calendars
from timeline.calendar.london import london_time, start_of_day
from timeline.calendar.wording import short_date
from timeline.definitions.duties import LINE_MANAGER, OWNER, DutyClass, Ladder, Mark, Rung, Unless
from timeline.definitions.facts import Embargo
from timeline.definitions.people import Holder
from timeline.escalation.prompts import Prompt
from timeline.planning.occurrences import Milestone

OFFICE = calendars().office
A_WHILE = timedelta(days=30)
law = looks_at(80)


# Where counting goes wrong: both clock changes, leap days, Christmas and New Year, Easter, the two years of odd May
# holidays, a state funeral.
TRICKY = [
    *("Sun 31 Mar 2019", "Sun 27 Oct 2019", "Sun 29 Mar 2020", "Sun 25 Oct 2020", "Mon 30 Mar 2026", "Mon 26 Oct 2026"),
    *("Sat 29 Feb 2020", "Fri 28 Feb 2020", "Thu 29 Feb 2024", "Mon 2 Mar 2020", "Mon 29 Feb 2016"),
    *("Wed 25 Dec 2019", "Fri 27 Dec 2019", "Thu 2 Jan 2020", "Mon 27 Dec 2021", "Tue 4 Jan 2022", "Thu 24 Dec 2026"),
    *("Mon 22 Apr 2019", "Fri 8 May 2020", "Thu 2 Jun 2022", "Mon 19 Sep 2022", "Mon 8 May 2023", "Thu 28 Nov 2019"),
]
days = st.one_of(
    st.builds(lambda on, off: day(on) + timedelta(days=off), st.sampled_from(TRICKY), st.integers(-6, 6)),
    st.dates(date(2013, 3, 1), LAST_ON - timedelta(days=120)),
)
in_hours = st.sampled_from([time(8), time(9, 15), time(12), time(16, 30), time(18)])
selectors = st.sampled_from([OWNER, LINE_MANAGER, *POSTS])


@st.composite
def rungs(draw: st.DrawFn, key: str) -> Rung:
    mark = draw(st.sampled_from(Mark))
    unless = draw(st.sampled_from(Unless))
    # As `daymark check` has it: no answer alone goes to the owner and the line manager only.
    to = selectors if unless is Unless.DONE else st.sampled_from([OWNER, LINE_MANAGER])
    repeats = draw(st.booleans())
    return Rung(
        key=key,
        working_days=draw(st.integers(0 if mark is Mark.BEFORE_DUE else 1, 8)),
        mark=mark,
        to=tuple(draw(st.lists(to, min_size=1, max_size=3, unique=True))),
        unless=unless,
        at=draw(st.none() | in_hours),
        every=draw(st.integers(1, 4)) if repeats else None,
        times=draw(st.integers(1, 3)) if repeats else 0,
    )


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Give any rungs after a first one to the owner."""
    first = Rung(key="first", working_days=draw(st.integers(1, 10)), mark=Mark.BEFORE_DUE, to=(OWNER,))
    first = replace(first, unless=draw(st.sampled_from(Unless)))
    more = [draw(rungs(f"rung-{n}")) for n in range(draw(st.integers(1, 5)))]
    return Ladder(key="any", rungs=(first, *more), acknowledged_for=draw(st.integers(1, 6)))


@st.composite
def holdings(draw: st.DrawFn, due_on: date) -> list[Holder]:
    """Give posts that are vacant, change hands, stand empty between two people, or are held by one who has
    another too.
    """
    holders: list[Holder] = []
    for post in draw(st.lists(st.sampled_from(LINE), max_size=3, unique=True)):
        left_on = due_on + timedelta(days=draw(st.integers(-20, 20)))
        came_on = left_on + timedelta(days=draw(st.integers(1, 12)))
        leaver = Holder(post=post, person=person_of(post), until_on=left_on)
        comer = Holder(post=post, person=draw(st.sampled_from(["newcomer", *map(person_of, LINE)])), from_on=came_on)
        holders += draw(st.sampled_from([[leaver], [comer], [leaver, comer], [replace(comer, from_on=None)]]))
    return holders


@st.composite
def answers(draw: st.DrawFn, due_on: date) -> Response:
    on = due_on + timedelta(days=draw(st.integers(-14, 14)))
    what = draw(st.sampled_from([Answer.ACKNOWLEDGED] * 4 + [Answer.HELP, Answer.DECLINED, Answer.DONE]))
    clock = draw(st.sampled_from([time(7, 45), time(10, 5), time(21)]))
    return Response(
        milestone="action-plan/1/draft",
        due_on=due_on,
        person=draw(st.sampled_from(["officer", "team-manager"])),
        answer=what,
        at=london_time(on, clock),
        via="link",
        evidence="minute 4.2" if what is Answer.DONE else "",
    )


@dataclass(frozen=True)
class Acceptance:
    """Have most mails are accepted at once; as chance has it one takes some days, or proves undeliverable."""

    chance: int

    def __call__(self, prompt: Prompt) -> datetime | None:
        luck = crc32(f"{self.chance}{prompt.key}".encode()) % 20 if self.chance else 0
        late = prompt.send_at + timedelta(days=luck - 16, hours=2)
        return prompt.send_at if luck < 17 else None if luck == 19 else late


@st.composite
def embargoes(draw: st.DrawFn, due_on: date) -> tuple[Embargo, ...]:
    circulation = frozenset(draw(st.lists(st.sampled_from([*LINE, "programme_lead"]), max_size=4)))
    on = due_on + timedelta(days=draw(st.integers(-12, 8)))
    until = draw(st.none() | st.just(london_time(on, draw(st.sampled_from([time(), time(8), time(12)])))))
    return (Embargo(circulation=circulation, until=until, until_fact=None if until else "report_published"),)


@st.composite
def lives(draw: st.DrawFn, *, embargoed: bool = False) -> Life:
    on = draw(days)
    # What the Banking and Financial Dealings Act does not know: the council's own closure, a holiday proclaimed late.
    off = draw(st.lists(st.integers(-8, 12), max_size=3, unique=True))
    extra = {on + timedelta(days=n): "Extra day" for n in off}
    proclaimed = draw(st.booleans())
    council_timeline = council(
        directory=directory(holders=draw(holdings(on))),
        proclaimed=extra if proclaimed else {},
        closures={} if proclaimed else extra,
        live_from=draw(st.sampled_from(["", short_date(on - timedelta(days=9))])),
        shadow_until=draw(st.sampled_from(["", "", short_date(on - timedelta(days=4))])),
    )
    due_on = council_timeline.calendars.office.roll_back(on)
    owed = milestone(
        draw(ladders()),
        due=short_date(due_on),
        legal=short_date(on),
        owner=draw(st.sampled_from(["officer", "officer", "officer", "head_of_service", "director"])),
        duty_class=draw(st.sampled_from(DutyClass)),
        embargoes=draw(embargoes(on)) if embargoed else (),
    )
    said = sorted(draw(st.lists(answers(due_on), max_size=3)), key=lambda each: each.at)
    return Life(council_timeline, owed, said, accepted_at=Acceptance(draw(st.integers(0, 50))))


def due_of(life: Life) -> date:
    assert life.milestone.due_on is not None
    return life.milestone.due_on


def lived(life: Life, *, skipping: bool = False) -> Life:
    """Give the life from well before its first rung to well after its last."""
    fresh = replace(life, skipping=skipping, said=[], told=[], superseded=[])
    return fresh.through(due_of(life) - A_WHILE, due_of(life) + A_WHILE + timedelta(days=15))


def rung_of(life: Life, prompt: Prompt) -> Rung:
    return next(rung for rung in life.milestone.ladder.rungs if rung.key == prompt.key.rung)


def owner_days(of: Ladder, due_on: date) -> list[date]:
    owed: Milestone = milestone(of, due=short_date(due_on))
    return [
        rung_time.at.date()
        for rung_time in Life(council(), owed).ground(start_of_day(due_on)).rung_times()
        if OWNER in rung_time.rung.to
    ]
