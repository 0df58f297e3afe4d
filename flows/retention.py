"""Erase personal data whose retention period is over."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from config.settings import settings
from flows.duty import NOT_APPLIED, begin, run_name
from tasks.council.ledger import stores
from tasks.prefect_tasks import steps
from tasks.prefect_tasks.artifacts import told_of_caught


@flow(name="retention", flow_run_name=run_name)
async def retention() -> State:
    """Erase, for every council, the data whose retention period is over.

    A second run erases nothing; after a crash the next run goes on. A legal hold keeps everything.
    """
    at = begin()
    councils, said, raw_mail_before = list(stores()), [], [at]
    if not councils:
        return Completed(message=NOT_APPLIED)
    for store in councils:
        timeline = store.definitions.timeline(settings().working_hours)
        over = timeline.over(at=at)
        erased = steps.erase_over(store, over, at=at)
        said.append(await steps.publish_erased(timeline, over, erased, at=at))
        raw_mail_before.append(over.raw_mail_before)
    # Caught mail belongs to no single council: the longest period that any of them sets applies.
    caught = steps.erase_caught(councils, settings().caught_mail, before=min(raw_mail_before), at=at)
    return Completed(message=" ".join(said) + told_of_caught(caught))
