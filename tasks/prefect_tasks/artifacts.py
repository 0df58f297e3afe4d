"""Publish tables for administrators: what was sent, read, erased and proved. Posts, never names."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, fields
from datetime import datetime
from typing import TYPE_CHECKING

from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

from tasks.prefect_tasks.markdown import section
from timeline.assurance import AssuranceRun, Figures
from timeline.assurance.report import duty_title, line
from timeline.calendar.london import in_london, london_date
from timeline.calendar.wording import count, long_date, short_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.retention import ExpiryBounds, RecordKind, Retention

if TYPE_CHECKING:  # for types alone: each costs a run a third of a second
    from tasks.retention import Erased
    from tasks.sending.deliver import Sent


def artifact_key(what: str, timeline: CouncilTimeline) -> str:
    return f"{what}-{timeline.council.key}".replace("_", "-")


async def publish_sent(timeline: CouncilTimeline, sent: "Sent", *, at: datetime) -> None:
    """Publish which post got how many messages from a run of `notify`; never about what: it may be embargoed."""
    await acreate_table_artifact(
        key=artifact_key("sent", timeline),
        table=[
            {
                "to": _post_of(timeline, attempt.person, at),
                "kind": attempt.kind,
                "tasks": attempt.tasks,
                "outcome": attempt.outcome,
            }
            for attempt in sent.messages
        ],
        description=f"**{timeline.council.name}**, {long_date(london_date(at))}, {at:%H:%M}.",
    )


async def publish_replies(timeline: CouncilTimeline, taken: Mapping[str, int], sent: int, *, at: datetime) -> str:
    """Publish the outcomes of the mails that came in, if any did, and give them in a sentence: numbers only."""
    if not taken:
        return "No mail had come in."
    await acreate_table_artifact(
        key=artifact_key("replies", timeline),
        table=[{"mails": number, "became": state} for state, number in taken.items()],
        description=f"**{timeline.council.name}**, {long_date(london_date(at))}, {at:%H:%M}.",
    )
    became = ", ".join(f"{number} {state}" for state, number in taken.items())
    return f"Mails: {became}; {count(sent, 'message')} sent."


def _post_of(timeline: CouncilTimeline, person: str, at: datetime) -> str:
    on, directory = london_date(at), timeline.directory
    held = (holder.post for holder in directory.holders if holder.person == person and holder.holds(on=on))
    return directory.posts[post].title if (post := next(held, None)) else "somebody who has left"


async def publish_assurance(timeline: CouncilTimeline, run: AssuranceRun, quiet: Sequence[str] = ()) -> None:
    """Publish the figures per duty; above them what is stopped or paused, and what cannot be explained. Posts and
    duties, never names.
    """
    hidden = {finding.duty for finding in run.findings if finding.restricted}
    head = ("Duty", *(field.name.capitalize() for field in fields(Figures)))
    rows = [
        ("a duty under embargo" if duty in hidden else duty_title(timeline, duty), *astuple(figures))
        for duty, figures in run.duties.items()
    ]
    at = in_london(run.at)
    wrong = [line(timeline, finding) for finding in run.findings]
    told = [f"{channel_seen.name}: {channel_seen.told}" for channel_seen in run.dead_channels]
    listed = "\n".join(f"- {fault}" for fault in (*wrong, *told, *run.altered, *run.machine))
    day = f"{timeline.council.name}, {long_date(at.date())}, {at:%H:%M}"
    parts = [*quiet, f"**{day}.** {run.figures.sentence}", listed]
    parts += section("Each duty", head, rows, "Nothing was due.")
    await acreate_markdown_artifact(
        key=artifact_key("assurance", timeline),
        markdown="\n\n".join(filter(None, parts)) + "\n",
        description=f"{day}: {run.figures.sentence}",
    )


async def publish_erased(timeline: CouncilTimeline, over: ExpiryBounds, erased: "Erased", *, at: datetime) -> str:
    """Publish the table of a run, and give what it did in a sentence."""
    sentence = publish_retention_said(erased)
    await acreate_table_artifact(
        key=artifact_key("retention", timeline),
        table=[
            {
                "what": kind.value,
                "kept": kept_for(timeline.council.retention, kind),
                "over": _since(over, kind),
                "erased": _counted(erased, kind) or "nothing",
            }
            for kind in RecordKind
        ],
        description=f"**{timeline.council.name}**, {long_date(london_date(at))}. {sentence}",
    )
    return sentence


def publish_retention_said(erased: "Erased") -> str:
    """Say in a sentence what a run did."""
    told = [f"{kind.value}: {_counted(erased, kind)}" for kind in RecordKind if _counted(erased, kind)]
    done = f"Erased of {'; of '.join(told)}." if told else ""
    return " ".join(filter(None, (done, erased.held))) or "Nothing was over."


def told_of_caught(number: int) -> str:
    """Give a sentence about caught mails, which are of no single council; empty when none was deleted."""
    return f" {count(number, 'caught mail')} deleted." if number else ""


def told_of_parted(number: int) -> str:
    """Give a sentence about tasks that now store once what they share; empty when none was parted."""
    return f" {count(number, 'task')} stored shorter." if number else ""


def kept_for(kept: Retention, kind: RecordKind) -> str:
    """Write the setting in words, such as "30 days"."""
    return {
        RecordKind.RAW_MAIL: count(kept.raw_mail_days, "day"),
        RecordKind.ABSENCES: f"{count(kept.absence_days, 'day')} after they end",
        RecordKind.FREE_TEXT: count(kept.free_text_months, "month"),
        RecordKind.LEDGER: f"{count(kept.prompt_years, 'year')} after the regime ends",
    }[kind]


def _since(over: ExpiryBounds, kind: RecordKind) -> str:
    if kind is RecordKind.ABSENCES:
        return f"before {short_date(over.absences_before)}"
    before = {
        RecordKind.RAW_MAIL: over.raw_mail_before,
        RecordKind.FREE_TEXT: over.free_text_before,
        RecordKind.LEDGER: over.ledger_before,
    }[kind]
    return f"before {short_date(london_date(before))}" if before else "not yet"


def _counted(erased: "Erased", kind: RecordKind) -> str:
    return ", ".join(f"{number} {sort}" for sort, number in erased.counts.get(kind, {}).items())
