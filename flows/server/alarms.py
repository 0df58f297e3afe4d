"""Let Prefect tell us what needs an administrator: failed runs, switches, channels that rest, calls for help."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.events.actions import CallWebhook, ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from flows.server.automations import keep_automation, keep_webhook
from timeline.window.alarms import Alarm

PREFIX = "daymark: "
# A red assurance ends as failed, and has told the programme lead itself; its crash is told as every other.
_TELLS_ITSELF = "assurance"
_ENDS_BADLY = frozenset({"prefect.flow-run.Failed", "prefect.flow-run.Crashed", "prefect.flow-run.TimedOut"})
_ANY_RUN = {"prefect.resource.id": "prefect.flow-run.*"}
# A heartbeat comes every three minutes; three that are missing are no accident.
_WITHOUT_HEARTBEAT = timedelta(seconds=540)
# What the body of each call says about its event; `tojson` keeps a name from ending the text that it stands in.
_RUN = '{"about": {{ flow.name | tojson }}}'
_RESOURCE = '{"about": {{ event.resource.name | tojson }}, "council": {{ event.resource["daymark.council"] | tojson }}}'


async def keep_alarms(
    client: PrefectClient, deployments: Iterable[DeploymentResponse], address: Callable[[Alarm], str]
) -> None:
    """Keep the automations for these deployments; `address` gives the secret address of each alarm of ours."""
    ours = {deployment.name: deployment.id for deployment in deployments}
    blocks = {alarm: await keep_webhook(client, f"daymark-alarm-{alarm}", address(alarm)) for alarm in Alarm}
    for automation in automations(ours, blocks):
        await keep_automation(client, automation)


def automations(ours: dict[str, UUID], blocks: dict[Alarm, UUID]) -> list[AutomationCore]:
    """State the automations: of our deployments alone, by their ids, because a shared server has others."""
    return [*_of_runs(ours, blocks), *_of_events(blocks)]


def _of_runs(ours: dict[str, UUID], blocks: dict[Alarm, UUID]) -> Iterator[AutomationCore]:
    others = [id_ for name, id_ in ours.items() if name != _TELLS_ITSELF]
    assurance = [id_ for name, id_ in ours.items() if name == _TELLS_ITSELF]
    failed = CallWebhook(block_document_id=blocks[Alarm.FAILED], payload=_RUN)
    yield _told(
        "a run failed", "Tells the programme lead once a day for each flow.", _runs(_ENDS_BADLY, others), failed
    )
    crashed = _runs({"prefect.flow-run.Crashed"}, assurance)
    yield _told("the assurance crashed", "A red assurance tells it itself; one that crashed cannot.", crashed, failed)
    yield _told(
        "a deployment was paused or deleted",
        "Tells the programme lead within seconds.",
        _reactive({"prefect.deployment.deleted", "prefect.deployment.updated"}, _deployments(ours.values())),
        CallWebhook(block_document_id=blocks[Alarm.SWITCHED], payload=_SWITCH),
    )
    yield _told(
        "a run without a heartbeat",
        "Ends a run whose process is gone, so that it does not keep its place for ever.",
        _without_heartbeat(ours.values()),
        ChangeFlowRunState(state=StateType.CRASHED, message="It gave no sign of life for nine minutes."),
    )


def _of_events(blocks: dict[Alarm, UUID]) -> Iterator[AutomationCore]:
    for what, event, alarm in (
        ("a channel does not work", "daymark.channel-down", Alarm.CHANNEL_DOWN),
        ("somebody asks for help", "daymark.help-asked", Alarm.HELP_ASKED),
    ):
        trigger = _reactive({event}, {"prefect.resource.id": "daymark.*"})
        action = CallWebhook(block_document_id=blocks[alarm], payload=_RESOURCE)
        yield _told(what, "Tells the programme lead once a day.", trigger, action)


def _without_heartbeat(ids: Collection[UUID]) -> EventTrigger:
    return EventTrigger(
        posture=Posture.Proactive,
        after={"prefect.flow-run.heartbeat"},
        expect={"prefect.flow-run.*"},
        match=ResourceSpecification(_ANY_RUN),
        match_related=ResourceSpecification(_deployments(ids)),
        for_each={"prefect.resource.id"},
        threshold=1,
        within=_WITHOUT_HEARTBEAT,
    )


def _runs(events: Collection[str], of: Collection[UUID]) -> EventTrigger:
    return _reactive(events, _ANY_RUN, of=of)


# Of what was saved about a deployment, only whether it is paused now counts: each start saves all of them.
_SWITCH = (
    '{"about": {{ event.resource.name | tojson }}, "event": {{ event.event | tojson }}, '
    '"updates": {{ event.payload | tojson }}}'
)


def _told(what: str, description: str, trigger: EventTrigger, action: Any) -> AutomationCore:
    return AutomationCore(
        name=f"{PREFIX}{what}", description=description, enabled=True, trigger=trigger, actions=[action]
    )


def _reactive(events: Collection[str], match: dict[str, Any], *, of: Collection[UUID] = ()) -> EventTrigger:
    related = ResourceSpecification(_deployments(of)) if of else ResourceSpecification({})
    return EventTrigger(
        posture=Posture.Reactive,
        expect=set(events),
        match=ResourceSpecification(match),
        match_related=related,
        threshold=1,
        within=timedelta(0),
    )


def _deployments(ids: Collection[UUID]) -> dict[str, Any]:
    return {"prefect.resource.id": sorted(f"prefect.deployment.{id_}" for id_ in ids)}
