"""Test weeks in which everything happens that may happen, and every day of which assurance explains.

Officers answer as a seed decides, meetings move and are cancelled, facts come to be known late, people are away, hold
other posts and cannot be reached, between any two steps of a day.
`python -m tests.stories.test_no_false_alarm SEED LAST_DAY`
lives longer ones.
"""

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from config.load import digest
from tasks.changes.apply import apply_timeline
from tasks.council.answers import record_response
from tasks.council.ledger import correct
from tests.harness import World
from tests.support import rotation
from tests.support.assured_days import Days
from tests.support.stated import MEDWAY
from tests.timeline.literals import day
from timeline.answers.inbound import Inbound, InboundState
from timeline.answers.responses import Answer, AnswerRefused, Given
from timeline.assurance import Reckoning
from timeline.calendar.london import london_time
from timeline.definitions.absences import Absence
from timeline.definitions.facts import PROCLAIMED, Fact
from timeline.definitions.people import Holder
from timeline.escalation.day import horizon
from timeline.planning.occurrences import Occurrence
from timeline.planning.plan import plan

pytestmark = pytest.mark.slow("each day of a month is lived and reckoned")

FIRST = "Wed 28 Aug 2019"
LAST = "Fri 27 Sep 2019" if rotation.LONG else "Fri 13 Sep 2019"


class Mishaps(Days):
    """Hold days on which a seed decides what happens: before the assurance, between it and noon, and in the evening."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, seed)
        self._chance = random.Random(seed)  # noqa: S311 (a story, not a secret)
        self.happened: list[str] = []

    def mails(self, on: date) -> None:
        self._perhaps(on, 8, 5)
        super().mails(on)
        self._perhaps(on, 8, 40)

    def noon(self, on: date) -> None:
        super().noon(on)
        self._perhaps(on, 18, 30)

    def _perhaps(self, on: date, hour: int, minute: int) -> None:
        self.world.now = london_time(on, time(hour, minute))
        if self._chance.random() < 0.25:
            what: Callable[[], None] = self._chance.choice(
                [
                    *(self._moves, self._moves, self._cancels, self._known_late, self._holiday, self._away, self._away),
                    *(self._bounces, self._bounces, self._asks_for_help, self._declines, self._new_holder),
                ]
            )
            self.happened.append(f"{self.world.now:%a %d %b %H:%M} {what.__name__}")
            what()

    def _coming(self) -> Occurrence | None:
        today = self.world.now.date()
        soon = [
            occurrence
            for occurrence in self.world.store.plan.occurrences()
            if occurrence.legal_on
            and today < occurrence.legal_on < today + timedelta(days=40)
            and occurrence.milestones
        ]
        return self._chance.choice(soon) if soon else None

    def _moves(self) -> None:
        if occurrence := self._coming():
            assert occurrence.legal_on
            on = self.world.timeline.calendars.office.add(occurrence.legal_on, self._chance.randint(1, 10))
            self._record(
                Fact(name="moved", on=on, known_at=self.world.now, who="x", source="y", occurrence=occurrence.ref)
            )

    def _known_late(self) -> None:
        """Record now a fact that is, and known to somebody for days."""
        if occurrence := self._coming():
            assert occurrence.legal_on
            on = self.world.timeline.calendars.office.add(occurrence.legal_on, 3)
            known_at = self.world.now - timedelta(days=4)
            self._record(Fact(name="moved", on=on, known_at=known_at, who="x", source="y", occurrence=occurrence.ref))

    def _cancels(self) -> None:
        if occurrence := self._coming():
            now = self.world.now
            self._record(
                Fact(name="cancelled", on=now.date(), known_at=now, who="x", source="y", occurrence=occurrence.ref)
            )

    def _holiday(self) -> None:
        on = self.world.timeline.calendars.office.add(self.world.now.date(), self._chance.randint(3, 15))
        self._record(Fact(name=PROCLAIMED, on=on, known_at=self.world.now, who="x", source="y", called="A day"))

    def _record(self, fact: Fact) -> None:
        store, now = self.world.store, self.world.now
        store.changes.record_fact(fact, at=now, who="the story")
        timeline = self.world.timeline
        planned = plan(timeline, at=now, until=horizon(timeline, at=now))
        store.plan.sync(planned, obligations=frozenset(duty.key for duty in timeline.obligations), at=now)
        correct(store, at=now)

    def _somebody(self) -> str:
        return self._chance.choice(sorted(self.world.timeline.directory.people))

    def _away(self) -> None:
        now, person = self.world.now, self._somebody()
        until_on = now.date() + timedelta(days=self._chance.randint(0, 20))
        inbound = Inbound(
            id=f"away {len(self.happened)}",
            via="mail",
            received_at=now,
            kind="auto_reply",
            state=InboundState.RECORDED,
            why="It is automatic.",
            person=person,
        )
        self.world.store.inbound.record_absence(inbound, Absence(person=person, from_on=now.date(), until_on=until_on))

    def _bounces(self) -> None:
        said = self.world.store.ledger.accepted(since=self.world.now - timedelta(days=2), until=self.world.now)
        if said and (key := self._chance.choice(said).message):
            self.world.store.outbox.mark_bounced(key, at=self.world.now, why="5.1.1", dead=self._chance.random() < 0.5)

    def _asks_for_help(self) -> None:
        self._answered(Answer.HELP)

    def _declines(self) -> None:
        self._answered(Answer.DECLINED)

    def _answered(self, what: Answer) -> None:
        said = self.world.store.ledger.accepted(since=self.world.now - timedelta(days=3), until=self.world.now)
        asked = [entry.prompt for entry in said if entry.prompt.selector == "owner"]
        if asked:
            prompt = self._chance.choice(asked)
            given = Given(person=prompt.meant_for, answer=what, via="page", text="A word.")
            with suppress(AnswerRefused):
                record_response(self.world.store, self.world.settings, prompt.key.milestone, given, at=self.world.now)

    def _new_holder(self) -> None:
        """See that somebody leaves a post today, and somebody else takes it up tomorrow."""
        world, now = self.world, self.world.now
        timeline = world.timeline
        stated = replace(
            timeline,
            facts=tuple(fact for fact in timeline.facts if fact not in world.store.definitions.recorded_facts()),
        )
        post = self._chance.choice(sorted({holder.post for holder in timeline.directory.holders}))
        ends = tuple(
            replace(holder, until_on=now.date()) if holder.post == post and not holder.until_on else holder
            for holder in timeline.directory.holders
        )
        takes = Holder(post=post, person=self._somebody(), from_on=now.date() + timedelta(days=1))
        directory = replace(timeline.directory, holders=(*ends, takes), absences=())
        apply_timeline(
            world.store,
            replace(stated, directory=directory),
            world.settings,
            at=now,
            who="the story",
            source=MEDWAY.name,
            digest=f"{digest(MEDWAY)} {len(self.happened)}",
        )


def lived(seed: int, last: date, home: Path, *, shadow: bool) -> Iterator[tuple[Mishaps, Reckoning]]:
    with World(home) as world:
        world.apply(shadow=shadow)
        days = Mishaps(world, seed)
        for reckoning in days.through(day(FIRST), last):
            yield days, reckoning


@pytest.mark.parametrize(("seed", "shadow"), rotation.part([(1, False), (2, True)], one_in=2))
def test_on_no_day_is_anything_unexplained(seed: int, shadow: bool, tmp_path: Path) -> None:
    fell_due = 0
    for days, reckoning in lived(seed, day(LAST), tmp_path, shadow=shadow):
        assert reckoning.findings == (), days.happened
        fell_due += reckoning.figures.due
    assert fell_due > (50 if rotation.LONG else 25)


def main(seed: int, last: date) -> int:
    """Live one seed and print the first day that is not explained."""
    for days, reckoning in lived(seed, last, Path(tempfile.mkdtemp()), shadow=seed % 3 == 0):
        if reckoning.findings:
            sys.stdout.write(f"seed {seed}, {reckoning.at}: {reckoning.figures.sentence}\n{days.happened[-12:]}\n")
            for finding in reckoning.findings[:5]:
                sys.stdout.write(
                    f"  {finding.kind} {finding.ref} {finding.post} {finding.due_on} {finding.why} {finding.about}\n"
                )
            return 1
    sys.stdout.write(f"seed {seed}: explained, {len(days.happened)} things happened\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), date.fromisoformat(sys.argv[2])))
