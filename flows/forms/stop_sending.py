"""Stop all sending, or start it again: an administrator's form."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from pydantic import BaseModel, ConfigDict

from flows.councils import each_council
from flows.forms.fields import choice, entry, words
from flows.forms.form import read, refusal
from models.store import Store
from tasks import clock
from tasks.changes.record import Refused
from timeline.window.choices import POST, title_of


class Silence(BaseModel):
    """Ask with the administrator's form. It shows no plan: whoever stops the sending must not be asked twice."""

    model_config = ConfigDict(extra="forbid")

    who: str = choice("Your post", POST, position=0)
    reason: str = words("Why", position=1)
    resume: bool = entry("Start sending again", position=2, default=False)


def _run_name() -> str:
    """Name a run without anybody's name, because everybody at the UI reads it."""
    given = flow_run.parameters["silence"]
    resume = given.get("resume") if isinstance(given, dict) else getattr(given, "resume", False)
    return "resumed" if resume else "stopped"


@flow(name="stop-sending", flow_run_name=_run_name, validate_parameters=False)
async def stop_sending(silence: Silence) -> State:
    """Stop everything that would leave, for every council, until sending is resumed. Prompts are still written.

    Args:
        silence: who stops it and why; tick the box to start again.

    """
    try:
        form = read(Silence, silence)
    except Refused as refused:
        return refusal(str(refused))
    return await _carry_out(form)


async def _carry_out(silence: Silence) -> State:
    at, who = clock.now(), title_of(silence.who)

    async def change(store: Store) -> str:
        changing = store.outbox.resume if silence.resume else store.outbox.stop
        changing(at=at, who=who, reason=silence.reason)
        return ""

    now = "sending goes on." if silence.resume else "nothing is sent until it is resumed."
    done = await each_council(change)
    if done.failed:
        # Of these nobody may believe that they are silent.
        return done.state(f"For the others {now}" if done.said else "")
    return done.state(now.capitalize() if done.said else "")
