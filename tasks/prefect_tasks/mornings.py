"""Publish a sheet for each run of a statutory flow: what was said to which post, why, and what was held back."""

from collections.abc import Iterator

from prefect.artifacts import acreate_markdown_artifact

from tasks.prefect_tasks.artifacts import artifact_key
from tasks.prefect_tasks.markdown import section
from timeline.calendar.london import london_date
from timeline.calendar.wording import count, long_date
from timeline.definitions.council import CouncilTimeline
from timeline.escalation.day import DayDecision
from timeline.window.morning import SAID, DutyNumbers, Morning, MorningRow, morning, said

# Prefect's pages draw every row at once.
_MOST = 200
_SAID = ("To", "Task", "Due", "Why", "Reference")
_NUMBERS = ("Duty", "Said", "Held back", "Looked at", "Left until their day")


async def publish_day(timeline: CouncilTimeline, decision: DayDecision, *, written: int, of: str, base_url: str) -> str:
    """Publish the sheet of the flow `of`, and give what its run did in a sentence."""
    sentence, shown = said(decision, written), morning(timeline, decision)
    day = f"{timeline.council.name}, {long_date(london_date(decision.at))}"
    await acreate_markdown_artifact(
        key=artifact_key(of, timeline),
        markdown="\n\n".join(_parts(day, sentence, shown, base_url)) + "\n",
        description=f"{day}: {sentence}",
    )
    return sentence


def _parts(day: str, sentence: str, shown: Morning, base_url: str) -> Iterator[str]:
    embargo = f" {count(shown.hidden, 'task')} under embargo not shown." if shown.hidden else ""
    yield f"**{day}.** {sentence}{embargo} [The timeline]({base_url}/timeline)"
    spoken = [row for row in shown.rows if row.outcome == SAID]
    silent = [row for row in shown.rows if row.outcome != SAID]
    yield from section("Said", _SAID, _cells(spoken), "Nothing was said.")
    yield from section("Held back", _SAID, _cells(silent), "Nothing was held back.")
    if len(shown.rows) > _MOST:
        yield f"Of each the first {_MOST} at most; there are {len(shown.rows)} in all."
    quiet = sum(not (each.said or each.held) for each in shown.numbers)
    silent_duties = f"{quiet} of {len(shown.numbers)} duties had nothing to say."
    yield from section("Each duty in this run", _NUMBERS, _busy(shown.numbers), silent_duties)
    if 0 < quiet < len(shown.numbers):
        yield silent_duties


def _cells(rows: list[MorningRow]) -> Iterator[tuple[str, ...]]:
    for row in rows[:_MOST]:
        why = row.why if row.outcome == SAID else f"{row.step or 'every step'}: {row.why}"
        yield (row.to or "everybody", f"{row.task} ({row.duty})", row.due, why, row.ref)


def _busy(numbers: tuple[DutyNumbers, ...]) -> Iterator[DutyNumbers]:
    return (each for each in numbers if each.said or each.held)
