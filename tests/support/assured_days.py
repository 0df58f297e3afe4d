"""Hold a council's working days through the real decisions, store and mail, with an assurance on each of them."""

import heapq
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from tasks.council.answers import record_response
from tasks.council.ledger import gather, write
from tests.harness import World
from timeline.answers.responses import Answer, AnswerRefused, Given, Response
from timeline.assurance import Reckoning, reckon
from timeline.calendar.london import london_time
from timeline.escalation.day import decide_day
from timeline.forecast.behaviour import Behaviour, responses_to

_DAY = timedelta(days=1)


class Days:
    """Hold days from `world.now`'s on: decided at 07:30, delivered at 08:30, reckoned at 08:45, answered all day."""

    def __init__(self, world: World, behaviour: Behaviour = "never") -> None:
        self.world, self.behaviour = world, behaviour
        self._answers: list[tuple[datetime, int, Response]] = []
        self._count = 0
        self._heard = world.now
        self.since = world.now

    def through(self, first: date, last: date) -> Iterator[Reckoning]:
        on = first
        while on <= last:
            if on.weekday() < 5:
                self.morning(on)
                self.mails(on)
                yield self.reckoned(on)
                self.noon(on)
            on += _DAY

    def _at(self, on: date, hour: int, minute: int) -> datetime:
        self.world.now = london_time(on, time(hour, minute))
        return self.world.now

    def morning(self, on: date) -> None:
        self._answer_until(self._at(on, 7, 30))
        self.decide()

    def decide(self) -> None:
        world = self.world
        every = frozenset(duty.key for duty in world.timeline.obligations)
        write(world.store, decide_day(gather(world.store, every, at=world.now), obligations=every, at=world.now))

    def mails(self, on: date) -> None:
        self._at(on, 8, 30)
        self.world.deliver()
        self._hear()

    def reckoned(self, on: date) -> Reckoning:
        at = self._at(on, 8, 45)
        reckoning = reckon(
            self.world.store.assurance.evidence(self.world.settings.working_hours, at=at), since=self.since, at=at
        )
        self.since = at
        return reckoning

    def noon(self, on: date) -> None:
        """Do what has an hour of its own, or climbed from an answer."""
        self._answer_until(self._at(on, 12, 0))
        self.world.deliver()
        self._answer_until(self._at(on, 17, 30))
        self.world.deliver()
        self._hear()

    def _hear(self) -> None:
        office = self.world.timeline.calendars.office
        for entry in self.world.store.ledger.accepted(since=self._heard, until=self.world.now):
            for response in responses_to(entry.prompt, self.behaviour, office=office):
                self._count += 1
                heapq.heappush(self._answers, (response.at, self._count, response))
        self._heard = self.world.now + timedelta(seconds=1)

    def _answer_until(self, at: datetime) -> None:
        while self._answers and self._answers[0][0] <= at:
            when, _, response = heapq.heappop(self._answers)
            given = Given(
                person=response.person,
                answer=response.answer,
                via="page",
                evidence=response.evidence,
                text=response.text,
            )
            with suppress(AnswerRefused):
                record_response(self.world.store, self.world.settings, response.milestone, given, at=when)


__all__ = ["Answer", "Days"]
