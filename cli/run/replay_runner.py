"""Live a period again: every flow at its hour, `notify` when a prompt or mail waits, answers when they are given."""

import heapq
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count
from typing import Any

import typer
from rich.console import Console
from rich.progress import Progress, TimeElapsedColumn

from cli.run.events import as_json, as_line
from config.settings import Settings
from flows.action_plan import action_plan
from flows.commissioner_report import commissioner_report
from flows.directors_monday import directors_monday
from flows.monitoring_visits import monitoring_visits
from flows.notify import notify
from flows.other_duties import other_duties
from flows.plo_panels import plo_panels
from flows.practice_manager_training import practice_manager_training
from models.store import Store
from tasks.council.answers import record_response
from timeline.answers.responses import Answer, AnswerRefused, Given, Response
from timeline.calendar.london import DAY, LONDON, in_london, is_weekday, london_date, london_time
from timeline.calendar.schedules import NOTIFY_EVERY, NOTIFY_FROM, NOTIFY_UNTIL, WEEKDAYS
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.prompts import Prompt
from timeline.forecast.behaviour import Behaviour, responses_to
from timeline.planning.occurrences import Milestone

Flow = Callable[..., Awaitable[Any]]

MORNING: tuple[tuple[time, Flow], ...] = tuple(
    (WEEKDAYS[flow.name], flow)
    for flow in (
        action_plan,
        commissioner_report,
        monitoring_visits,
        plo_panels,
        practice_manager_training,
        other_duties,
        directors_monday,
    )
)


@dataclass
class ReplayRunner:
    """Hold a replay under way: `answers` are still to be given; `told` are the prompts that an earlier run sent.

    That run lived until `since`. Nothing before it is lived again: what was known later would be told as if it changed.
    """

    store: Store
    settings: Settings
    answering: Behaviour
    json: bool
    told: frozenset[int]
    since: datetime
    move_clock: Callable[[datetime], None]
    answers: list[tuple[datetime, int, Response]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)

    async def day(self, on: date) -> None:
        """Run the morning's flows, then go from event to event: an answer, or a tick with work."""
        for at, flow in [(london_time(on, at_time), flow) for at_time, flow in MORNING]:
            if at >= self.since:
                self.move_clock(at)
                await _completed(flow)
        now, end = _tick(london_time(on, NOTIFY_FROM), self.since), london_time(on, time.max)
        while True:
            tick = self._next_tick(now)
            if self._answer(until=tick or end):
                continue
            if tick is None:
                return
            self.move_clock(tick)
            await _completed(notify)
            self._report(tick)
            now = tick + NOTIFY_EVERY

    def _next_tick(self, since: datetime) -> datetime | None:
        """Return the next scheduled instant of the day, from `since` on, at which something waits."""
        waits_at = (
            since if self.store.outbox.anything_waiting(at=since) else self.store.ledger.next_send_at(after=since)
        )
        if waits_at is None:
            return None
        tick = _tick(since, in_london(waits_at))
        return tick if tick.date() == since.date() and tick.time() <= NOTIFY_UNTIL else None

    def _answer(self, *, until: datetime) -> bool:
        """Give the next answer that is due by `until`; return False when there is none."""
        if not self.answers or self.answers[0][0] > until:
            return False
        response = heapq.heappop(self.answers)[2]
        given = Given(
            person=response.person,
            answer=response.answer,
            via="replay",
            evidence=response.evidence,
            text=response.text or self._digit(response),
        )
        self.move_clock(response.at)
        # The seed may answer a task that was done meanwhile; the answer is refused, as in life.
        with suppress(AnswerRefused):
            record_response(self.store, self.settings, response.milestone, given, at=response.at)
        return True

    def _digit(self, response: Response) -> str:
        """Give the digit with which an owner says that every action is on track, where the task asks for it."""
        milestone = self._milestone(response.milestone)
        return "1" if response.answer is Answer.DONE and milestone and milestone.asks_owner else ""

    def _report(self, tick: datetime) -> None:
        """Print the prompts sent at this tick, and queue the answers they will bring."""
        timeline = self.store.definitions.timeline(self.settings.working_hours)
        for entry in self.store.ledger.accepted(since=tick, until=tick):
            prompt, milestone = entry.prompt, self._milestone(entry.prompt.key.milestone)
            if entry.id in self.told:
                continue
            self.expect_answers(prompt, timeline)
            if milestone is None:
                continue
            if self.json:
                message = entry.message or ""
                typer.echo(as_json(prompt, milestone, timeline.directory, at=tick, message=message))
            else:
                typer.echo(as_line(prompt, milestone, timeline.directory, at=tick))

    def expect_answers(self, prompt: Prompt, timeline: CouncilTimeline) -> None:
        """Queue the answers that a prompt will bring."""
        for response in responses_to(prompt, self.answering, office=timeline.calendars.office):
            if response.at >= self.since:
                heapq.heappush(self.answers, (response.at, next(self.order), response))

    def _milestone(self, ref: str) -> Milestone | None:
        """Return the milestone, even if the rules no longer know it: its correction is printed like any prompt."""
        stored = self.store.plan.milestone(ref)
        taken_back = (outdated.milestone for outdated in self.store.ledger.outdated() if outdated.milestone.ref == ref)
        return stored.milestone if stored else next(taken_back, None)


def _tick(first: datetime, since: datetime) -> datetime:
    """Give the first tick of `notify` from `since` on, counted from the tick `first`; `first` when it comes later."""
    return first + max(0, -(-(since - first) // NOTIFY_EVERY)) * NOTIFY_EVERY


async def _completed(flow: Flow) -> None:
    """Run a flow, and raise what it raised.

    Only its state counts: a busy Prefect may give back the state of a completed run without its data.
    """
    state = await flow(return_state=True)
    if not state.is_completed():
        await state.aresult()


async def live_again(
    store: Store,
    settings: Settings,
    *,
    since: datetime,
    to_on: date,
    answering: Behaviour,
    json: bool,
    move_clock: Callable[[datetime], None],
) -> None:
    """Live every weekday from `since`, where an earlier run ended, to `to_on`; print each prompt that is sent now."""
    ever = (datetime(1900, 1, 1, tzinfo=LONDON), datetime(2900, 1, 1, tzinfo=LONDON))
    sent = store.ledger.accepted(since=ever[0], until=ever[1])
    runner = ReplayRunner(store, settings, answering, json, frozenset(entry.id for entry in sent), since, move_clock)
    timeline = store.definitions.timeline(settings.working_hours)
    for entry in sent:
        runner.expect_answers(entry.prompt, timeline)
    first_on = london_date(since)
    weekdays = [on for n in range((to_on - first_on).days + 1) if is_weekday(on := first_on + n * DAY)]
    columns = (*Progress.get_default_columns(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        for on in progress.track(weekdays, description="Reliving"):
            await runner.day(on)
