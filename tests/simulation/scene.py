"""Tell what holds at the instant at which a letter leaves, and what was answered by then."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.simulation.account import Account, Given
from tests.simulation.days import Days, london
from tests.simulation.folk import Folk
from tests.simulation.reckoning import Reckoning, Task
from timeline.answers.responses import Answer

_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True)
class Scene:
    """Hold what is so at the instant at which a letter leaves."""

    account: Account
    reckoning: Reckoning
    folk: Folk
    shadow_until: date | None
    at: datetime
    paused: frozenset[str] = frozenset()

    @property
    def in_shadow(self) -> bool:
        return self.shadow_until is not None and self.folk.on <= self.shadow_until

    @property
    def days(self) -> Days:
        return self.reckoning.days

    def task(self, ref: str) -> Task | None:
        return self.reckoning.tasks.get(ref)

    def last(self, task: Task) -> Given | None:
        """Give the last answer about the date that holds, of those that bind whoever holds the post now."""
        current = [
            given
            for given in self.account.answers[task.ref]
            if given.due_on == task.due_on and self._binds(given, task)
        ]
        return current[-1] if current else None

    def silent_until(self, task: Task) -> date | None:
        """Give until which day (excluded) the last answer holds the asking; None when it holds nothing."""
        last = self.last(task)
        if last is None or last.answer not in (Answer.ACKNOWLEDGED, Answer.HELP):
            return None
        return self.days.after(london(last.at).date(), task.acknowledged_for)

    def is_silent(self, task: Task) -> bool:
        until = self.silent_until(task)
        return until is not None and until > self.folk.on

    def is_declined(self, task: Task) -> bool:
        last = self.last(task)
        return last is not None and last.answer is Answer.DECLINED

    def delegate(self, task: Task) -> str:
        """Tell whom the task was given to, as long as that person holds a post; or empty."""
        handed = [given.to for given in self.account.answers[task.ref] if given.due_on == task.due_on and given.to]
        return handed[-1] if handed and self.folk.posts(handed[-1]) else ""

    def in_circulation(self, person: str, task: Task) -> bool:
        return all(embargo.circulation & set(self.folk.posts(person)) for embargo, _ in task.embargoes)

    def _binds(self, given: Given, task: Task) -> bool:
        """See that what a former holder of the post said binds nobody, nor does what somebody said who has left. A
        manager who was asked while the post was vacant is such a former holder. What was answered while the clock was
        ahead holds no asking: until when, nobody knows.
        """
        if given.answer in (Answer.DONE, Answer.CONFIRMED):
            return False
        if given.ahead and given.answer in (Answer.ACKNOWLEDGED, Answer.HELP) and given.at > self.at + _TOLERANCE:
            return False
        if given.answer in (Answer.DELEGATED, Answer.RETURNED):
            return True
        then = Folk(self.folk.directory, london(given.at).date())
        if then.posts(given.person) and not self.folk.posts(given.person):
            return False
        if given.person == self.delegate(task):
            return True
        asked_then, asked_now = (folk.meant("owner", task.owner)[1] for folk in (then, self.folk))
        return asked_then == asked_now or given.person != asked_then
