"""Hand messages over by mail, Teams, GOV.UK Notify and any other channel of Apprise, and give a receipt."""

from tasks.channels.mail import check_url, send
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.channels.smtp.message import OutgoingMail
from tasks.channels.smtp.plugin import close_connections

__all__ = ["OutgoingMail", "Receipt", "SendOutcome", "Stage", "check_url", "close_connections", "send"]
