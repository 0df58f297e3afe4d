"""Make the reports: each month as at the last day of the month before, and on demand by a form; nothing is sent."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple
from urllib.parse import urlencode

from prefect import flow
from prefect.artifacts import acreate_markdown_artifact
from prefect.client.schemas.objects import State
from pydantic import Field

from config.settings import settings
from flows.councils import each_council
from flows.duty import begin, run_name
from flows.forms.fields import entry
from flows.forms.form import Asked, meant, read, refusal
from models.store import Store
from tasks.changes.record import Refused
from tasks.prefect_tasks.markdown import section
from tasks.reports import make as making
from tasks.reports.printed import FORMATS, printed
from timeline.calendar.london import DAY, london_date
from timeline.calendar.wording import count, long_date
from timeline.reports.document import Missing, Report
from timeline.reports.kinds import KINDS
from timeline.window.choices import key_of

_KINDS = [f"{kind.title}{', or to committee' * bool(kind.to_committee)} ({key})" for key, kind in KINDS.items()]
_HEAD = ("Report", "State", "Left to write", "Download")


class Reporting(Asked):
    """Ask with the administrator's form; left empty it asks for every report as at yesterday."""

    kind: str = Field(
        "", title="The report; empty for each of them", json_schema_extra={"position": 0, "enum": ["", *_KINDS]}
    )
    as_at: date | None = entry("The day that it tells of; empty for yesterday", position=1, default=None)


class _Made(NamedTuple):
    """Hold a kind, its report, or the sentence that says why there is none."""

    kind: str
    report: Report | None
    why_not: str = ""


@flow(name="reports", flow_run_name=run_name, validate_parameters=False)
async def reports(form: Reporting = Reporting()) -> State:  # noqa: B008 (frozen by its use: read and never changed)
    """Make reports, and show where each can be downloaded. No file is kept, and none leaves the machine.

    Args:
        form: which report, as at which day, of which council.

    """
    at = begin()
    try:
        asked = read(Reporting, form)
        only = meant(asked.council).council if asked.council else ""
        kinds = _kinds(asked.kind)
    except Refused as refused:
        return refusal(str(refused))
    as_at = asked.as_at or london_date(at) - DAY

    async def make(store: Store) -> str:
        if only and store.council != only:
            return ""
        made = [_made(store, kind, as_at, at) for kind in kinds]
        await _publish(store, made, as_at)
        done = sum(each.report is not None for each in made)
        return f"{count(done, 'report')} as known on {long_date(as_at)} can be downloaded; see the artifact."

    return (await each_council(make)).state()


def _kinds(chosen: str) -> tuple[str, ...]:
    """Give the kinds that are meant; of a trail there is a report for each area, so that it is made by name alone."""
    key = key_of(chosen)
    if key and key not in KINDS:
        raise Refused(f"There is no report “{key}”; expected {', '.join(KINDS)}.")
    return (key,) if key else tuple(key for key, kind in KINDS.items() if not kind.of_area)


def _made(store: Store, kind: str, as_at: date, at: datetime) -> _Made:
    """Make a report in both forms, so that a template that cannot be filled is noticed now and not by its reader."""
    areas = KINDS[kind].of_area
    try:
        asked = making.Asked(kind=kind, as_at=as_at, area=_first_area(store) if areas else "")
        report = making.make(store, settings(), asked, at=at)
        for suffix in FORMATS:
            printed(report, suffix)
    except making.NoReport as refused:
        return _Made(kind, None, str(refused))
    return _Made(kind, report)


def _first_area(store: Store) -> str:
    programme = store.programmes.in_force()
    return next(iter(programme.areas), "") if programme else ""


async def _publish(store: Store, made: list[_Made], as_at: date) -> None:
    council = store.definitions.timeline(settings().working_hours).council
    title = f"{council.name}: reports as known on {long_date(as_at)}"
    rows = [(KINDS[each.kind].titled(council), *_row(store, each, as_at)) for each in made]
    parts = [*section(title, _HEAD, rows, "No report."), "No file is kept: each is made when it is downloaded."]
    await acreate_markdown_artifact(
        key=f"reports-{store.council}".replace("_", "-"), markdown="\n\n".join(parts), description=title
    )


def _row(store: Store, each: _Made, as_at: date) -> Iterator[str]:
    if each.report is None:
        yield from ("Not made", "", each.why_not)
        return
    parts = (part for section_ in each.report.sections for part in section_.parts)
    yield each.report.status
    yield count(sum(isinstance(part, Missing) for part in parts), "part")
    asked = {"kind": each.kind, "as_at": as_at.isoformat(), "council": store.council}
    page = f"{settings().base_url}/reports"
    if KINDS[each.kind].of_area:
        yield f"[Choose an area]({page}?{urlencode(asked)})"
    else:
        yield ", ".join(
            f"[{name}]({page}/file?{urlencode(asked | {'format': suffix[1:]})})"
            for suffix, name in zip(FORMATS, ("Word", "PDF"), strict=True)
        )
