"""Stop all sending, or start it again: an administrator's form."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from pydantic import BaseModel, Field

from flows.councils import each_council
from models.store import Store
from tasks import clock


class Silence(BaseModel):
    """Ask with the administrator's form."""

    who: str = Field(title="Your post", min_length=1, max_length=200)
    reason: str = Field(title="Why", min_length=1, max_length=500)
    resume: bool = Field(False, title="Start sending again")


def _run_name() -> str:
    """Name a run without anybody's name, because everybody at the UI reads it."""
    given = flow_run.parameters["silence"]
    resume = given.get("resume") if isinstance(given, dict) else given.resume
    return "resumed" if resume else "stopped"


@flow(name="stop-sending", flow_run_name=_run_name)
async def stop_sending(silence: Silence) -> State:
    """Stop everything that would leave, for every council, until sending is resumed. Prompts are still written.

    Args:
        silence: who stops it and why; tick the box to start again.

    """
    at = clock.now()

    async def change(store: Store) -> str:
        changing = store.outbox.resume if silence.resume else store.outbox.stop
        changing(at=at, who=silence.who, reason=silence.reason)
        return ""

    now = "sending goes on." if silence.resume else "nothing is sent until it is resumed."
    done = await each_council(change)
    if done.failed:
        # Of these nobody may believe that they are silent.
        return done.state(f"For the others {now}" if done.said else "")
    return done.state(now.capitalize() if done.said else "")
