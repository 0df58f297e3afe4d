"""Write the director's Monday mail. It runs each weekday, because the first working day of a week is not always a
Monday.
"""

from prefect import flow
from prefect.client.schemas.objects import State

from config.settings import settings
from flows.councils import each_council
from flows.duty import begin, run_name
from models.store import Store
from tasks.director import briefings, monday
from tasks.prefect_tasks.steps import READS, step

keep_drafts = step("keep drafts for the lead member", briefings.keep_drafts)
gather = step("gather", monday.gather, **READS)
decide = step("decide", monday.decide)
write = step("write the Monday mail", monday.write)


@flow(name="directors-monday", flow_run_name=run_name)
async def directors_monday() -> State:
    """Keep the drafts for the lead member, and write the director's Monday mail on the first working day of the week.

    `notify` sends that mail, and a draft once the director has released it.
    """
    at = begin()

    async def keep(store: Store) -> str:
        keep_drafts(store, settings(), at=at)
        if quiet := monday.why_not_now(store, settings(), at=at):
            return quiet
        situation = gather(store, settings(), at=at)
        decided = decide(store, situation, settings(), at=at)
        return str(write(store, decided, settings(), at=at))

    return (await each_council(keep)).state()
