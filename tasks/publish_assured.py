"""What administrators see of an assurance in the Prefect UI: the figures of each duty, and what is unexplained."""

from typing import Any

from prefect.artifacts import acreate_table_artifact

from tasks.publish import artifact_key
from timeline.assurance import AssuranceRun
from timeline.assurance.letter import duty_title, line
from timeline.calendar import LONDON
from timeline.council import CouncilTimeline
from timeline.wording import long_date


async def publish_assurance(timeline: CouncilTimeline, run: AssuranceRun) -> None:
    """Publishes the figures per duty; what cannot be explained stands above them. Posts and duties, never names."""
    hidden = {one.duty for one in run.findings if one.restricted}
    rows: list[dict[str, Any]] = [
        {"duty": "a duty under embargo" if duty in hidden else duty_title(timeline, duty)}
        | {name: getattr(figures, name) for name in type(figures).__dataclass_fields__}
        for duty, figures in run.duties.items()
    ]
    at = run.at.astimezone(LONDON)
    wrong = [line(timeline, one) for one in run.findings]
    told = [f"{one.name}: {one.told}" for one in run.dead_channels]
    listed = "".join(f"\n- {one}" for one in (*wrong, *told, *run.machine))
    day = f"**{timeline.council.name}**, {long_date(at.date())}, {at:%H:%M}. {run.figures.sentence}"
    await acreate_table_artifact(key=artifact_key("assurance", timeline), table=rows, description=f"{day}{listed}")
