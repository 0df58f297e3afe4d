"""Word the daily assurance mail to the programme lead and the page: by posts and duties, with nothing under embargo."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from timeline.assurance.run import AssuranceRun, ChannelSeen, Figures, Finding, FindingKind, Unowned
from timeline.calendar.wording import count, date_and_time, long_date
from timeline.definitions.council import Council, CouncilTimeline
from timeline.definitions.titles import post_title

# The rest stands on the page.
_MOST = 20


def subject(council: Council) -> str:
    return f"{council.programme}: Assurance needs you"


def text(
    timeline: CouncilTimeline,
    run: AssuranceRun,
    new: tuple[Unowned, ...],
    *,
    greeting: str,
    page: str,
    quiet: tuple[str, ...] = (),
) -> str:
    """Write the mail; `new` are the unowned duties not reported before, `page` is the address of the page, `quiet` what
    is stopped or paused.
    """
    parts = [
        f"Dear {greeting},",
        _part("This is stopped or paused:", list(quiet)),
        f"On {date_and_time(run.at)} we compared what should have been said with what was: {run.figures.sentence}",
        _part("This could not be explained:", [line(timeline, finding) for finding in run.findings]),
        _again(run),
        _part(
            "These channels did not work:",
            [f"{channel_seen.name}: {channel_seen.told}" for channel_seen in run.dead_channels],
        ),
        _part("The record was altered outside Daymark:", list(run.altered)),
        _part("What runs the reminders stands still in part:", list(run.machine)),
        _part(
            "In the weeks to come this would reach nobody, or not as meant:",
            [ahead(timeline, unowned) for unowned in new],
        ),
        f"Everything stands on the page: {page}",
        f"{timeline.council.programme}\n{timeline.council.name}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def line(timeline: CouncilTimeline, finding: Finding) -> str:
    """Word a finding, such as "PLO panel (plo-panel/2/papers), Head of Service: It was written, and …"."""
    if finding.restricted:
        return f"A task under embargo: {_KINDS[finding.kind]}"
    post = timeline.directory.posts.get(finding.post)
    whom = f", {post.title}" if post else ""
    return f"{duty_title(timeline, finding.duty)} ({finding.ref}){whom}: {finding.why}"


def ahead(timeline: CouncilTimeline, unowned: Unowned) -> str:
    """Word an unowned duty: post, duty, first day, and what would help."""
    duty = "a duty under embargo" if unowned.restricted else duty_title(timeline, unowned.duty)
    whom = post_title(timeline.directory, unowned.post)
    return f"{whom}, for {duty}, from {long_date(unowned.first_on)}: {unowned.why} {unowned.helps}"


def duty_title(timeline: CouncilTimeline, key: str) -> str:
    return next((duty.title for duty in timeline.obligations if duty.key == key), key)


def _part(heading: str, lines: list[str]) -> str:
    more = [f"… and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    return "\n".join([heading, *(f"- {text}" for text in [*lines[:_MOST], *more])]) if lines else ""


def _again(run: AssuranceRun) -> str:
    return f"{count(run.said_again, 'reminder')} of it {_is(run)} on the way now." if run.said_again else ""


def _is(run: AssuranceRun) -> str:
    return "is" if run.said_again == 1 else "are"


_KINDS = {
    FindingKind.UNSAID: "it was due, and neither said nor refused.",
    FindingKind.MISSED: "nothing said it in time.",
    FindingKind.ROW_GONE: "its row is no longer in the ledger.",
    FindingKind.UNFOUNDED: "the ledger gives a reason for not saying it that was not so.",
    FindingKind.OVERDUE: "it waits, and nothing says why.",
    FindingKind.STUCK: "its message does not end.",
    FindingKind.DIFFERS: "the database holds another date than the rules give.",
}


def silent_subject(council: Council) -> str:
    return f"{council.programme}: Assurance has not run"


def silent_text(timeline: CouncilTimeline, *, greeting: str, last_at: datetime | None) -> Iterator[str]:
    """Word the mail about a missing assurance: it speaks of the machine, and of no duty."""
    last = f"The last one was on {date_and_time(last_at)}." if last_at else "There has been none yet."
    yield f"Dear {greeting},"
    yield f"The daily assurance that every reminder was sent has not run when it should have. {last}"
    yield "Please ask whoever looks after Daymark to look at it today: reminders may not be leaving."
    yield f"{timeline.council.programme}\n{timeline.council.name}\n"


class PastRun(NamedTuple):
    """Hold an earlier assurance, in a line."""

    at: datetime
    sentence: str
    is_red: bool


@dataclass(frozen=True, kw_only=True)
class AssuranceView:
    """Hold the last assurance of a council, and the earlier runs; `at` is None before the first.

    `duties` are the figures by the title of the duty, `heartbeat` says whether an outside monitor is told of each run.
    """

    council_name: str
    at: datetime | None = None
    since: datetime | None = None
    sentence: str = ""
    duties: Mapping[str, Figures]
    unexplained: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    channels: tuple[ChannelSeen, ...] = ()
    altered: tuple[str, ...] = ()
    machine: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    heartbeat: bool = False
    runs: tuple[PastRun, ...] = ()


def view(
    timeline: CouncilTimeline, runs: tuple[AssuranceRun, ...], now: tuple[ChannelSeen, ...], *, heartbeat: bool
) -> AssuranceView:
    """Build the page of these assurances, latest first; `now` is the present state of the channels."""
    if not runs:
        return AssuranceView(council_name=timeline.council.name, duties={}, channels=now, heartbeat=heartbeat)
    last = runs[0]
    return AssuranceView(
        council_name=timeline.council.name,
        at=last.at,
        since=last.since,
        sentence=last.figures.sentence,
        duties=_by_title(timeline, last),
        unexplained=tuple(line(timeline, finding) for finding in last.findings),
        ahead=tuple(ahead(timeline, unowned) for unowned in last.unowned),
        channels=tuple(_latest(last, channel_seen) for channel_seen in now),
        altered=last.altered,
        machine=last.machine,
        notes=last.notes,
        heartbeat=heartbeat,
        runs=tuple(
            PastRun(assurance_run.at, assurance_run.figures.sentence, assurance_run.is_red) for assurance_run in runs
        ),
    )


def _by_title(timeline: CouncilTimeline, run: AssuranceRun) -> Mapping[str, Figures]:
    """Add up the figures by title; duties under embargo share a line that names none."""
    hidden = {finding.duty for finding in run.findings if finding.restricted}
    by_title: dict[str, Figures] = {}
    for duty, figures in run.duties.items():
        title = "A duty under embargo" if duty in hidden else duty_title(timeline, duty)
        by_title[title] = by_title.get(title, Figures()) + figures
    return by_title


def _latest(run: AssuranceRun, now: ChannelSeen) -> ChannelSeen:
    """Give the present state of a channel, or the last assurance's while a test message has not come back yet."""
    then = next((channel_seen for channel_seen in run.channels if channel_seen.name == now.name), None)
    return then if now.works is None and then else now
