"""Let Prefect watch over the assurance: an automation calls a page of ours when no assurance has run.

It cannot fire while the server itself is down; the heartbeat, which is monitored from outside, covers that.
"""

from datetime import timedelta
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.events.actions import CallWebhook
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from flows.server.automations import keep_automation, keep_webhook

NAME = "daymark: no assurance has run"
_BLOCK = "daymark-assurance-silent"
# A day, and the time that a late run may take. It fires at weekends too: the page that it calls knows the days.
WITHIN = timedelta(hours=26)


async def watch_for_silence(client: PrefectClient, url: str, *, deployment: UUID, within: timedelta = WITHIN) -> None:
    """Make the automation that waits for runs of `deployment`; `url`, a secret, is the address that it calls.

    One that is right already is left alone. Saving it again would begin its time anew: of a machine that is started
    every night it would never tell.
    """
    block_id = await keep_webhook(client, _BLOCK, url)
    wanted = AutomationCore(
        name=NAME,
        description="Tells the programme lead when a working day passes without an assurance.",
        enabled=True,
        trigger=EventTrigger(
            posture=Posture.Proactive,
            # A failed run is no silence, but a crash is: the page that it calls tells them apart.
            expect={"prefect.flow-run.Completed"},
            match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
            # By its id: on a shared server others may have a flow of that name, which must not count as ours.
            match_related=ResourceSpecification({"prefect.resource.id": f"prefect.deployment.{deployment}"}),
            threshold=1,
            within=within,
        ),
        actions=[CallWebhook(block_document_id=block_id, payload="{}")],
    )
    await keep_automation(client, wanted)
