"""What the page of assurance shows: plain values, phrases ready-made, posts and duties and never names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from timeline.assurance.figures import Figures
from timeline.assurance.letter import ahead, duty_title, line
from timeline.assurance.run import AssuranceRun, ChannelSeen
from timeline.council import CouncilTimeline


class PastRun(NamedTuple):
    """One assurance of before, in a line."""

    at: datetime
    sentence: str
    is_red: bool


@dataclass(frozen=True, kw_only=True)
class AssuranceView:
    """The last assurance of one council, and the ones before it; `at` is None before the first.

    `duties` are the figures by the title of the duty, `heartbeat` says whether a watch outside hears of it.
    """

    council_name: str
    at: datetime | None = None
    since: datetime | None = None
    sentence: str = ""
    duties: Mapping[str, Figures]
    unexplained: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    channels: tuple[ChannelSeen, ...] = ()
    machine: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    heartbeat: bool = False
    runs: tuple[PastRun, ...] = ()


def view(
    timeline: CouncilTimeline, runs: tuple[AssuranceRun, ...], now: tuple[ChannelSeen, ...], *, heartbeat: bool
) -> AssuranceView:
    """The page of these assurances, the latest first; `now` is how the channels fare at this moment."""
    if not runs:
        return AssuranceView(council_name=timeline.council.name, duties={}, channels=now, heartbeat=heartbeat)
    last = runs[0]
    return AssuranceView(
        council_name=timeline.council.name,
        at=last.at,
        since=last.since,
        sentence=last.figures.sentence,
        duties=_by_title(timeline, last),
        unexplained=tuple(line(timeline, one) for one in last.findings),
        ahead=tuple(ahead(timeline, one) for one in last.unowned),
        channels=tuple(_latest(last, one) for one in now),
        machine=last.machine,
        notes=last.notes,
        heartbeat=heartbeat,
        runs=tuple(PastRun(one.at, one.figures.sentence, one.is_red) for one in runs),
    )


def _by_title(timeline: CouncilTimeline, run: AssuranceRun) -> Mapping[str, Figures]:
    """What is under embargo is counted under no name."""
    hidden = {one.duty for one in run.findings if one.restricted}
    found: dict[str, Figures] = {}
    for duty, figures in run.duties.items():
        title = "A duty under embargo" if duty in hidden else duty_title(timeline, duty)
        found[title] = found.get(title, Figures()) + figures
    return found


def _latest(run: AssuranceRun, now: ChannelSeen) -> ChannelSeen:
    """A message that has not come back yet says nothing: then the last assurance's word stands."""
    then = next((one for one in run.channels if one.name == now.name), None)
    return then if now.works is None and then else now
