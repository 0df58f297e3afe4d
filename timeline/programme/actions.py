"""Follow an action of the plan: what was first promised, what was agreed since, what is expected, what happened."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from timeline.calendar.london import months_after
from timeline.calendar.wording import short_date
from timeline.escalation.rag import Rag

UPDATED_EVERY_MONTHS = 1
"""An action about which nobody has said anything for longer is amber: silence is no progress."""


class Progress(StrEnum):
    """Name the progress that an owner tells. An action of which nobody said anything has none."""

    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    SLIPPING = "slipping"
    NEEDS_HELP = "needs help"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class Update:
    """Hold words about an action on a day, by a post; `percent` (0 to 100) and the day now expected, where it was said.

    `why` gives the reason, which a slipping action owes. Updates are added, and none is changed.
    """

    on: date
    by: str
    progress: Progress
    percent: int | None = None
    expected_on: date | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Rebase:
    """Hold a new date that was agreed for an action, by whom and why. The first date stands beside it for ever."""

    on: date
    by: str
    due_on: date
    why: str


@dataclass(frozen=True, kw_only=True)
class Action:
    """Hold an action: its post, days, success in words, and the keys of its priority, areas, measures and evidence.

    `due_on` is the day first promised. `updates` and `rebases` stand in the order of their days.
    """

    key: str
    title: str
    priority: str
    owner: str
    areas: tuple[str, ...]
    starts_on: date | None
    due_on: date | None
    success: str
    measures: tuple[str, ...]
    cost: str
    funding: str
    evidence: tuple[str, ...]
    updates: tuple[Update, ...]
    rebases: tuple[Rebase, ...]
    source: str

    def known(self, on: date) -> "tuple[tuple[Update, ...], tuple[Rebase, ...]]":
        """Give the updates and the new dates of that day and earlier."""
        return (
            tuple(update for update in self.updates if update.on <= on),
            tuple(rebase for rebase in self.rebases if rebase.on <= on),
        )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Tell how an action stands on a day: `baseline_on` was first promised, `agreed_on` holds now.

    `forecast_on` is expected now, `actual_on` the day on which it was said to be done. `why` is the reason of `rag`.
    """

    rag: Rag
    why: str
    last: Update | None
    baseline_on: date | None
    agreed_on: date | None
    forecast_on: date | None
    actual_on: date | None

    @property
    def moved(self) -> str:
        """Say that it has a new date, which stands beside the first for ever; empty where none was agreed."""
        if self.agreed_on is None or self.agreed_on == self.baseline_on:
            return ""
        was = f"Was due {short_date(self.baseline_on)}" if self.baseline_on else "Had no date"
        return f"{was}, re-based to {short_date(self.agreed_on)}."

    @property
    def dates(self) -> tuple[str, ...]:
        """Say when it was due first, what was agreed since, and what is expected or happened."""
        told = [self.moved or (f"Due {short_date(self.baseline_on)}." if self.baseline_on else "No date yet.")]
        if self.actual_on:
            told.append(f"Done {short_date(self.actual_on)}.")
        elif self.forecast_on and self.forecast_on != self.agreed_on:
            told.append(f"Expected {short_date(self.forecast_on)}.")
        return tuple(told)

    @property
    def said(self) -> tuple[str, ...]:
        """Say what its owner said last: how far, and why."""
        if self.last is None:
            return ("Nobody has said how it stands.",)
        percent = f", {self.last.percent} % done" if self.last.percent is not None else ""
        words = f"{self.last.progress.value.capitalize()}{percent} ({short_date(self.last.on)})."
        return (words, *filter(None, [self.last.why]))

    @property
    def days_late(self) -> int:
        """Count the days from the first promise to what is expected or happened; 0 for early or without a date."""
        end_on = self.actual_on or self.forecast_on
        return max((end_on - self.baseline_on).days, 0) if end_on and self.baseline_on else 0


def percent_of(text: str) -> int | None:
    """Read a share of the work as it was typed, "40" or "40 %"; None for nothing. Raise ValueError with a sentence."""
    digits = text.removesuffix("%").strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 3 and int(digits) <= 100):
        raise ValueError(f"“{text}” is no share of the work: expected a number from 0 to 100.")
    return int(digits)


def standing(action: Action, *, on: date) -> Standing:
    """Tell how an action stands at the end of a day, from what was known by then."""
    updates, rebases = action.known(on)
    last = updates[-1] if updates else None
    done = next((update for update in updates if update.progress is Progress.DONE), None)
    is_done = last is not None and last.progress is Progress.DONE
    agreed_on = rebases[-1].due_on if rebases else action.due_on
    expected = [update.expected_on for update in updates if update.expected_on]
    made_since = [rebase for rebase in rebases if last is None or rebase.on > last.on]
    forecast_on = agreed_on if made_since or not expected else expected[-1]
    actual_on = done.on if done and is_done else None
    rag, why = _rated(action, last, agreed_on, forecast_on, on)
    return Standing(
        rag=rag,
        why=why,
        last=last,
        baseline_on=action.due_on,
        agreed_on=agreed_on,
        forecast_on=None if is_done else forecast_on,
        actual_on=actual_on,
    )


def _rated(
    action: Action, last: Update | None, agreed_on: date | None, forecast_on: date | None, on: date
) -> tuple[Rag, str]:
    """Give the colour with its reason, the worst first."""
    progress = last.progress if last else None
    if progress is Progress.DONE:
        return Rag.GREEN, "It is done."
    if agreed_on and agreed_on < on:
        return Rag.RED, "Its date has passed, and nobody has said that it is done."
    if progress is Progress.NEEDS_HELP:
        return Rag.RED, "Its owner asks for help."
    if progress is Progress.SLIPPING:
        return Rag.AMBER, "Its owner says that it slips."
    if action.starts_on and on < action.starts_on:
        return Rag.GREY, "It has not begun yet."
    return _running(action, last, forecast_on, on)


def _running(action: Action, last: Update | None, forecast_on: date | None, on: date) -> tuple[Rag, str]:
    """Rate an action that its owner does not call late. A new date turns nothing green: the first promise counts."""
    if forecast_on and action.due_on and forecast_on > action.due_on:
        return Rag.AMBER, "It is expected after the day that was first promised."
    if _silent(action, last, on):
        return Rag.AMBER, "Nobody has said for a month how it stands."
    if last is None:
        return Rag.GREY, "Nobody has said yet how it stands."
    if last.progress is Progress.NOT_STARTED:
        return Rag.GREY, "It has not begun yet."
    return Rag.GREEN, "Its owner says that it is on track."


def _silent(action: Action, last: Update | None, on: date) -> bool:
    since = last.on if last else action.starts_on
    return since is not None and months_after(since, UPDATED_EVERY_MONTHS) < on
