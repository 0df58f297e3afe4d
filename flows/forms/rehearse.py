"""Work days to come through on paper by a form: a table of who would hear what; nothing is sent or stored."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from prefect import flow
from prefect.artifacts import acreate_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from config.settings import settings
from flows.duty import run_name
from flows.forms.fields import entry
from flows.forms.form import Asked, meant, name_of, read, refusal
from tasks import clock
from tasks.changes.record import Refused
from timeline.calendar.london import london_date
from timeline.calendar.wording import count, long_date, short_date
from timeline.calendar.working_days import BeyondCalendar
from timeline.definitions.council import CouncilTimeline
from timeline.forecast.rehearsal import Rehearsed
from timeline.forecast.rehearsal import rehearse as on_paper

_LONGEST = timedelta(days=92)
_MOST = 500


class Rehearsing(Asked):
    """Ask with the administrator's form."""

    from_on: date = entry("The first day", position=0)
    to_on: date = entry("The last day, three months later at most", position=1)


@flow(name="rehearse", flow_run_name=run_name, validate_parameters=False)
async def rehearse(form: Rehearsing) -> State:
    """Work days through on paper, as if nobody answered, into a table. Nothing is sent or stored.

    Args:
        form: the first day and the last.

    """
    try:
        asked = read(Rehearsing, form)
        store = meant(asked.council)
        timeline = store.definitions.timeline(settings().working_hours)
        rows = _rows(timeline, asked)
    except (Refused, BeyondCalendar) as refused:
        return refusal(str(refused))
    period = f"{long_date(asked.from_on)} to {long_date(asked.to_on)}"
    told = f"{name_of(store)}: {count(len(rows), 'prompt')} from {period}, if nobody answered."
    await acreate_table_artifact(
        key=f"rehearsal-{store.council}".replace("_", "-"), table=rows[:_MOST], description=told
    )
    return Completed(message=told)


def _rows(timeline: CouncilTimeline, asked: Rehearsing) -> list[dict[str, Any]]:
    today = london_date(clock.now())
    if not today <= asked.from_on <= asked.to_on <= asked.from_on + _LONGEST:
        raise Refused(f"Found {asked.from_on} to {asked.to_on}: expected days from today on, three months at most.")
    live = replace(timeline, council=replace(timeline.council, live_from=asked.from_on, shadow_until=None))
    rehearsed = on_paper(live, from_on=asked.from_on, to_on=asked.to_on)
    return [_row(timeline, each) for each in rehearsed if not each.milestone.embargoes]


def _row(timeline: CouncilTimeline, each: Rehearsed) -> dict[str, Any]:
    return {
        "day": short_date(london_date(each.at)),
        "time": f"{each.at:%H:%M}",
        "to": timeline.directory.posts[each.prompt.post].title,
        "step": each.prompt.key.rung,
        "task": each.milestone.title,
        "why": each.prompt.why,
        "ref": each.milestone.ref,
    }
