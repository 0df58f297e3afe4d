"""Hands messages over by mail, Teams, GOV.UK Notify and any other channel of Apprise, and gives a receipt."""

from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.channels.smtp.message import OutgoingMail
from tasks.channels.smtp.plugin import check_url, close_connections, send

__all__ = ["OutgoingMail", "Receipt", "SendOutcome", "Stage", "check_url", "close_connections", "send"]
