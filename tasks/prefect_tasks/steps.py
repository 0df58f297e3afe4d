"""Offer the steps that are worth seeing in the Prefect UI, as thin Prefect tasks over the plain functions of this room.

They stand apart because Prefect takes a second to import, which the command line and the pages need not pay.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import opaque

from tasks import retention
from tasks.assurance import assure as assurance
from tasks.council import ledger
from tasks.director import briefings as drafting
from tasks.director import monday as composing
from tasks.prefect_tasks import artifacts as publish
from tasks.prefect_tasks import artifacts as publish_assured
from tasks.prefect_tasks import artifacts as publish_retention
from tasks.prefect_tasks import mornings, overviews
from tasks.prefect_tasks.shown import steps_are_shown
from tasks.prefect_tasks.tried import tried
from tasks.receiving import imap, receive
from tasks.sending import deliver as delivering

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def _step(name: str, function: Callable[Parameters, Result], **settings: Any) -> Callable[Parameters, Result]:
    """Make a task whose arguments Prefect does not search for results of other tasks.

    Such a search of a whole timeline took four fifths of a morning's processor time. Of many councils a step is no
    task, and is tried as often.
    """
    step: Callable[..., Result] = task(name=name, cache_policy=NO_CACHE, **settings)(function)
    plain = tried(function, **settings)

    @wraps(function)
    def run(*given: Parameters.args, **named: Parameters.kwargs) -> Result:
        if not steps_are_shown():
            return plain(*given, **named)
        return step(*map(opaque, given), **{key: opaque(value) for key, value in named.items()})

    return run


# What only reads or only shows is done again after a fault, and showing is given up after a minute. Prefect does
# nothing again that writes a prompt or sends: the next run finds what is left, and the ledger keeps it from being said
# twice.
_SHOWS = {"retries": 2, "retry_delay_seconds": [2, 10], "timeout_seconds": 60}
_READS = {"retries": 2, "retry_delay_seconds": [1, 5]}

gather = _step("gather", ledger.gather, **_READS)
write = _step("write prompts", ledger.write)
deliver = _step("deliver", delivering.deliver)
keep_drafts = _step("keep drafts for the lead member", drafting.keep_drafts)
gather_monday = _step("gather", composing.gather, **_READS)
decide_monday = _step("decide", composing.decide)
write_monday = _step("write the Monday mail", composing.write)
publish_day = _step("publish", mornings.publish_day, **_SHOWS)
publish_overview = _step("publish the overview", overviews.publish_overview, **_SHOWS)
publish_sent = _step("publish", publish.publish_sent, **_SHOWS)
read_mailbox = _step("read the mailbox", imap.read_mailbox)
send_receipts = _step("send receipts", receive.afterwards)
assure = _step("assure", assurance.assure)
publish_assurance = _step("publish", publish_assured.publish_assurance, **_SHOWS)
publish_replies = _step("publish", publish.publish_replies, **_SHOWS)
erase_over = _step("erase what is over", retention.erase_over)
erase_caught = _step("erase caught mail", retention.erase_caught)
publish_erased = _step("publish", publish_retention.publish_erased, **_SHOWS)
