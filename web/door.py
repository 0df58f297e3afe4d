"""What the pages ask of the rooms below: the door behind every secure link."""

from datetime import datetime
from typing import Protocol

from timeline.views import DeadLink, MessageView, Recorded, Reply, TaskView


class Door(Protocol):
    """Opens links and takes answers. Tokens arrive well-formed: 16 characters of a–z2–9."""

    def open_link(self, token: str, *, at: datetime) -> TaskView | MessageView | DeadLink:
        """What stands behind the link at that instant; changes nothing."""
        ...

    def answer(self, token: str, reply: Reply, *, at: datetime) -> Recorded | DeadLink:
        """Record the reply once, however often it is sent; `AnswerRefused` carries a sentence for people."""
        ...
