"""Keep automations in Prefect as the code states them, and change only what differs."""

from typing import Any
from uuid import UUID

from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import PrefectClient
from prefect.events.schemas.automations import AutomationCore
from pydantic import SecretStr


async def keep_webhook(client: PrefectClient, name: str, url: str) -> UUID:
    """Keep the block of that name with the address `url`, a secret, and give its id."""
    block = Webhook(method="POST", url=SecretStr(url), allow_private_urls=True)
    block_id: UUID = await block.save(name, overwrite=True, client=client)
    return block_id


async def keep_automation(client: PrefectClient, wanted: AutomationCore) -> None:
    """Make an automation, or bring it up to date; others of its name are removed.

    One that is right already is left alone. Saving it again would begin its time anew: of a machine that is started
    every night it would never tell.
    """
    known = await client.read_automations_by_name(wanted.name)
    if not known:
        await client.create_automation(wanted)
        return
    first, *others = known
    if _stated(first) != _stated(wanted):
        await client.update_automation(first.id, wanted)
    for automation in others:
        await client.delete_automation(automation.id)


def _stated(automation: AutomationCore) -> dict[str, Any]:
    """Give what an automation states, without what the server adds to it."""
    return automation.model_dump(mode="json", include=set(AutomationCore.model_fields))
