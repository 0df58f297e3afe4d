"""Read the answers that wait in the mailbox."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from config.settings import settings
from flows.duty import NOT_APPLIED, begin, run_name
from tasks.council.ledger import stores
from tasks.prefect_tasks import steps
from tasks.receiving.imap import MailboxUnreachable

_NO_MAILBOX = "No mailbox is set (DAYMARK_IMAP_HOST), so there is nothing to read."
_BUSY = "Another run is reading the mailbox."


@flow(name="replies", flow_run_name=run_name)
async def replies() -> State:
    """Read every mail in the mailbox once, send the receipts at any hour, and pass on calls for help at once."""
    at = begin()
    if next(stores(), None) is None:
        return Completed(message=NOT_APPLIED)
    if not settings().imap_host:
        return Completed(message=_NO_MAILBOX)
    try:
        done = steps.read_mailbox(settings(), at=at)
    except MailboxUnreachable as trouble:
        return Failed(message=str(trouble))
    if done.busy:
        return Completed(message=_BUSY)
    sent = steps.send_receipts(settings(), done.taken, at=at)
    timeline = next(stores()).definitions.timeline(settings().working_hours)
    return Completed(message=await steps.publish_replies(timeline, done.numbers(), sent, at=at))
