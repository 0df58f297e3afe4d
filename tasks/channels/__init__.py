"""The ways out: our Apprise plugins."""

from tasks.channels.receipt import Outcome, Receipt, Stage
from tasks.channels.smtp.message import Mail
from tasks.channels.smtp.plugin import check_url, close_connections, send

__all__ = ["Mail", "Outcome", "Receipt", "Stage", "check_url", "close_connections", "send"]
