"""Read the answers that wait in the mailbox."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from config.settings import settings
from flows.councils import NOT_APPLIED
from flows.duty import begin, run_name
from tasks.council.each import CouncilsFailed, readable
from tasks.council.ledger import stores
from tasks.council.sight import only
from tasks.houses.mailboxes import mailboxes
from tasks.prefect_tasks.artifacts import publish_replies
from tasks.prefect_tasks.steps import SHOWS, step
from tasks.receiving import imap, receive
from tasks.receiving.imap import MailboxRead, MailboxUnreachable

_NO_MAILBOX = "No mailbox is set (DAYMARK_IMAP_HOST), so there is nothing to read."
_BUSY = "Another run is reading the mailbox."


read_mailbox = step("read the mailbox", imap.read_mailbox)
send_receipts = step("send receipts", receive.afterwards)
publish = step("publish", publish_replies, **SHOWS)


@flow(name="replies", flow_run_name=run_name)
async def replies() -> State:
    """Read every mail in the mailbox once, send the receipts at any hour, and pass on calls for help at once."""
    at = begin()
    if next(stores(), None) is None:
        return Completed(message=NOT_APPLIED)
    boxes = tuple(mailboxes(settings()))
    if not boxes:
        return Completed(message=_NO_MAILBOX)
    done, unread = MailboxRead(), list[str]()
    for box in boxes:
        try:
            with only(box.councils):
                done.add(read_mailbox(box.settings, at=at))
        except MailboxUnreachable as trouble:
            unread.append(" ".join((*sorted(box.councils or ()), str(trouble))))
    if unread and len(unread) == len(boxes):
        return Failed(message=" ".join(unread))
    if done.busy and not (done.taken or unread):
        return Completed(message=_BUSY)
    try:
        sent, failed = send_receipts(settings(), done.taken, at=at), ""
    except CouncilsFailed as trouble:
        sent, failed = 0, str(trouble)
    timeline = next((timeline for _, timeline in readable(settings())), None)
    said = await publish(timeline, done.numbers(), sent, at=at) if timeline else ""
    failed = " ".join(filter(None, (*unread, failed)))
    return Failed(message=f"{failed} {said}".strip()) if failed or not timeline else Completed(message=said)
