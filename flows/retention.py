"""Erase personal data whose retention period is over, and store shorter what an earlier version stored."""

from prefect import flow
from prefect.client.schemas.objects import State

from config.settings import settings
from flows.councils import each_council
from flows.duty import begin, run_name
from models.store import Store
from tasks import retention as erasing
from tasks.council.ledger import engine, stores
from tasks.prefect_tasks import artifacts
from tasks.prefect_tasks.steps import SHOWS, step
from tasks.space import close_up, part_tasks

erase_over = step("erase what is over", erasing.erase_over)
erase_caught = step("erase caught mail", erasing.erase_caught)
publish = step("publish", artifacts.publish_erased, **SHOWS)


@flow(name="retention", flow_run_name=run_name)
async def retention() -> State:
    """Erase, for every council, the data whose retention period is over, and part the tasks that stand whole.

    A second run finds nothing; after a crash the next run goes on. A legal hold keeps everything: tasks that are parted
    say what they said. This flow parts them since workers of a new version start last, after its pages.
    """
    at = begin()
    raw_mail_before, parted = [at], 0

    async def erase(store: Store) -> str:
        nonlocal parted
        timeline = store.definitions.timeline(settings().working_hours)
        over = timeline.over(at=at)
        erased = erase_over(store, over, at=at)
        raw_mail_before.append(over.raw_mail_before)
        said = str(await publish(timeline, over, erased, at=at))
        tasks = part_tasks(store)
        parted += tasks
        return said + artifacts.told_of_parted(tasks)

    done = await each_council(erase)
    if parted:
        close_up(engine(settings().database_url))
    # Caught mail belongs to no single council: the longest period that any of them sets applies. While one council
    # cannot be read, its period is not known, and all caught mail stays.
    if done.failed or not done.said:
        return done.state()
    caught = erase_caught(list(stores()), settings().caught_mail, before=min(raw_mail_before), at=at)
    return done.state(artifacts.told_of_caught(caught).strip())
