"""The ways out: our Apprise plugins."""

from tasks.channels.mail import check_url, close_connections, send
from tasks.channels.mime import Mail
from tasks.channels.receipt import Outcome, Receipt, Stage

__all__ = ["Mail", "Outcome", "Receipt", "Stage", "check_url", "close_connections", "send"]
