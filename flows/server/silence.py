"""Let Prefect watch over the assurance: an automation calls a page of ours when no assurance has run.

It cannot fire while the server itself is down; the heartbeat, which is monitored from outside, covers that.
"""

from datetime import timedelta

from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import PrefectClient
from prefect.events.actions import CallWebhook
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from pydantic import SecretStr

NAME = "daymark: no assurance has run"
_BLOCK = "daymark-assurance-silent"
# A day, and the time that a late run may take. It fires at weekends too: the page that it calls knows the days.
WITHIN = timedelta(hours=26)


async def watch_for_silence(client: PrefectClient, url: str, *, within: timedelta = WITHIN) -> None:
    """Make the automation, or update it; `url`, a secret, is the address that it calls."""
    block = Webhook(method="POST", url=SecretStr(url), allow_private_urls=True)
    block_id = await block.save(_BLOCK, overwrite=True, client=client)
    wanted = AutomationCore(
        name=NAME,
        description="Tells the programme lead when a working day passes without an assurance.",
        enabled=True,
        trigger=EventTrigger(
            posture=Posture.Proactive,
            # A failed run is no silence, but a crash is: the page that it calls tells them apart.
            expect={"prefect.flow-run.Completed"},
            match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
            match_related=ResourceSpecification(
                {"prefect.resource.role": "flow", "prefect.resource.name": "assurance"}
            ),
            threshold=1,
            within=within,
        ),
        actions=[CallWebhook(block_document_id=block_id, payload="{}")],
    )
    known = await client.read_automations_by_name(NAME)
    if not known:
        await client.create_automation(wanted)
        return
    first, *others = known
    await client.update_automation(first.id, wanted)
    for automation in others:
        await client.delete_automation(automation.id)
