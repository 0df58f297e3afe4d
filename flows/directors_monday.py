"""Write the director's Monday mail. It runs each weekday, because the first working day of a week is not always a
Monday.
"""

from prefect import flow
from prefect.client.schemas.objects import State

from config.settings import settings
from flows.councils import each_council
from flows.duty import begin, run_name
from models.store import Store
from tasks.director.monday import why_not_now
from tasks.prefect_tasks import steps


@flow(name="directors-monday", flow_run_name=run_name)
async def directors_monday() -> State:
    """Keep the drafts for the lead member, and write the director's Monday mail on the first working day of the week.

    `notify` sends that mail, and a draft once the director has released it.
    """
    at = begin()

    async def write(store: Store) -> str:
        steps.keep_drafts(store, settings(), at=at)
        if quiet := why_not_now(store, settings(), at=at):
            return quiet
        situation = steps.gather_monday(store, settings(), at=at)
        decided = steps.decide_monday(store, situation, settings(), at=at)
        return str(steps.write_monday(store, decided, settings(), at=at))

    return (await each_council(write)).state()
