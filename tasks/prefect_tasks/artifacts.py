"""Publish for administrators a table of what a run said and what comes next. Posts, never names."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from prefect.artifacts import acreate_table_artifact

from tasks.retention import Erased
from tasks.sending.deliver import Sent
from timeline.answers.responses import State
from timeline.assurance import AssuranceRun
from timeline.assurance.report import duty_title, line
from timeline.calendar.london import in_london, london_date
from timeline.calendar.wording import count, long_date, short_date
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.retention import ExpiryBounds, RecordKind, Retention
from timeline.escalation.day import DayDecision
from timeline.escalation.ladder import Decision

# Later tasks are on the timeline, not in a morning's table.
_ROWS = 60


async def publish_day(timeline: CouncilTimeline, decision: DayDecision, *, written: int) -> str:
    """Publish the table of a statutory flow's run, and give what it did in a sentence."""
    sentence = said(decision, written)
    for obligation in sorted({occurrence.obligation for occurrence in decision.occurrences}):
        every = (*decision.decisions, *decision.unchanged)
        ours = [each for each in every if each.milestone.obligation == obligation]
        shown = [each for each in ours if not each.milestone.embargoes]
        still_open = sorted((each for each in shown if _is_coming(timeline, each)), key=_by_date)
        await acreate_table_artifact(
            key=artifact_key(obligation, timeline),
            table=[_row(timeline, each) for each in still_open[:_ROWS]],
            description=_description(timeline, decision, sentence, hidden=len(ours) - len(shown)),
        )
    return sentence


def _is_coming(timeline: CouncilTimeline, decision: Decision) -> bool:
    """Tell whether a task is neither done nor due before going live."""
    due_on, live_from = decision.milestone.due_on, timeline.council.live_from
    return decision.status.state is not State.DONE and not (due_on and live_from and due_on < live_from)


def artifact_key(what: str, timeline: CouncilTimeline) -> str:
    return f"{what}-{timeline.council.key}".replace("_", "-")


def said(decision: DayDecision, written: int) -> str:
    if decision.quiet_because:
        return decision.quiet_because
    unowned = sum(bool(each.unassigned_steps) for each in decision.decisions)
    nobody = f"; for {count(unowned, 'task')} a step reaches nobody, and went to the next" if unowned else ""
    return f"{count(written, 'new prompt')}; {count(len(decision.decisions), 'task')} looked at{nobody}."


def _by_date(decision: Decision) -> tuple[date, str]:
    return (decision.milestone.due_on or date.max, decision.milestone.ref)


def _row(timeline: CouncilTimeline, decision: Decision) -> dict[str, Any]:
    milestone = decision.milestone
    posts = timeline.directory.posts
    return {
        "due": short_date(milestone.due_on) if milestone.due_on else f"waits for {', '.join(milestone.waits_for)}",
        "task": milestone.title,
        "state": decision.status.state.value if milestone.ours else "not ours",
        "reaches nobody": ", ".join(decision.unassigned_steps),
        "said now": ", ".join(f"{prompt.key.rung} to {posts[prompt.post].title}" for prompt in decision.prompts),
        "post": posts[milestone.owner].title,
        "looks again": _moment(decision.next_check_at),
        "ref": milestone.ref,
    }


def _moment(at: datetime | None) -> str:
    return short_date(london_date(at)) if at else ""


def _description(timeline: CouncilTimeline, decision: DayDecision, sentence: str, *, hidden: int) -> str:
    day = long_date(london_date(decision.at))
    embargo = f" {count(hidden, 'task')} under embargo not shown." if hidden else ""
    return f"**{timeline.council.name}**, {day}. {sentence}{embargo}"


async def publish_sent(timeline: CouncilTimeline, sent: Sent, *, at: datetime) -> None:
    """Publish how many messages a run of `notify` sent to which post, if any; never about what: it may be embargoed."""
    if not sent.messages:
        return
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
    rows: list[dict[str, Any]] = [
        {"duty": "a duty under embargo" if duty in hidden else duty_title(timeline, duty)}
        | {name: getattr(figures, name) for name in type(figures).__dataclass_fields__}
        for duty, figures in run.duties.items()
    ]
    at = in_london(run.at)
    wrong = [line(timeline, finding) for finding in run.findings]
    told = [f"{channel_seen.name}: {channel_seen.told}" for channel_seen in run.dead_channels]
    listed = "".join(f"\n- {fault}" for fault in (*wrong, *told, *run.altered, *run.machine))
    day = f"**{timeline.council.name}**, {long_date(at.date())}, {at:%H:%M}. {run.figures.sentence}"
    first = "".join(f"{sentence}\n\n" for sentence in quiet)
    description = f"{first}{day}{listed}"
    await acreate_table_artifact(key=artifact_key("assurance", timeline), table=rows, description=description)


async def publish_erased(timeline: CouncilTimeline, over: ExpiryBounds, erased: Erased, *, at: datetime) -> str:
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


def publish_retention_said(erased: Erased) -> str:
    """Say in one sentence what a run did."""
    told = [f"{kind.value}: {_counted(erased, kind)}" for kind in RecordKind if _counted(erased, kind)]
    done = f"Erased of {'; of '.join(told)}." if told else ""
    return " ".join(filter(None, (done, erased.held))) or "Nothing was over."


def told_of_caught(number: int) -> str:
    """Give the sentence to add about caught mails, which belong to no single council; empty when none went."""
    return f" {count(number, 'caught mail')} deleted." if number else ""


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


def _counted(erased: Erased, kind: RecordKind) -> str:
    return ", ".join(f"{number} {sort}" for sort, number in erased.counts.get(kind, {}).items())
