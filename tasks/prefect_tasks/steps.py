"""Offers the steps that are worth seeing in the Prefect UI, as thin Prefect tasks over the plain functions of this
room.

They stand apart because Prefect takes a second to import, which the command line and the pages need not pay.
"""

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks import retention
from tasks.assurance import assure as assurance
from tasks.council import ledger
from tasks.director import briefings as drafting
from tasks.director import monday as composing
from tasks.prefect_tasks import artifacts as publish
from tasks.prefect_tasks import artifacts as publish_assured
from tasks.prefect_tasks import artifacts as publish_retention
from tasks.receiving import imap, receive
from tasks.sending import deliver as delivering

gather = task(name="gather", cache_policy=NO_CACHE)(ledger.gather)
write = task(name="write prompts", cache_policy=NO_CACHE)(ledger.write)
deliver = task(name="deliver", cache_policy=NO_CACHE)(delivering.deliver)
keep_drafts = task(name="keep drafts for the lead member", cache_policy=NO_CACHE)(drafting.keep_drafts)
gather_monday = task(name="gather", cache_policy=NO_CACHE)(composing.gather)
decide_monday = task(name="decide", cache_policy=NO_CACHE)(composing.decide)
write_monday = task(name="write the Monday mail", cache_policy=NO_CACHE)(composing.write)
publish_day = task(name="publish", cache_policy=NO_CACHE)(publish.publish_day)
publish_sent = task(name="publish", cache_policy=NO_CACHE)(publish.publish_sent)
read_mailbox = task(name="read the mailbox", cache_policy=NO_CACHE)(imap.read_mailbox)
send_receipts = task(name="send receipts", cache_policy=NO_CACHE)(receive.afterwards)
assure = task(name="assure", cache_policy=NO_CACHE)(assurance.assure)
publish_assurance = task(name="publish", cache_policy=NO_CACHE)(publish_assured.publish_assurance)
publish_replies = task(name="publish", cache_policy=NO_CACHE)(publish.publish_replies)
erase_over = task(name="erase what is over", cache_policy=NO_CACHE)(retention.erase_over)
erase_caught = task(name="erase caught mail", cache_policy=NO_CACHE)(retention.erase_caught)
publish_erased = task(name="publish", cache_policy=NO_CACHE)(publish_retention.publish_erased)
