"""Read the mails of its parent, one after another, and end with it: `python -m tasks.reading.worker`.

The parent is at the other end of the socket that is its standard input, and may end it at any moment.
"""

import json
import resource
import signal
import socket
import sys
from dataclasses import asdict

from tasks.reading.frames import receive, send
from tasks.reading.mail import read
from timeline.replies.reading import ReplyMailbox

MOST_OCTETS = 64 * 1024 * 1024
"""The memory of the whole process. Linux holds it; other systems may not."""
# The parent ends it long before. It is for a parent that is gone: nothing else would end a search without an end.
_MOST_SECONDS = 5.0


def main() -> None:
    """Read until the parent is gone."""
    # Ctrl-C and a service manager mean the parent, which may be in the middle of a mail.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_OCTETS, MOST_OCTETS))
    with socket.socket(fileno=sys.stdin.fileno()) as parent:
        send(parent, {})
        while True:
            _answer(parent)


def _answer(parent: socket.socket) -> None:
    head, raw = receive(parent)
    signal.setitimer(signal.ITIMER_PROF, _MOST_SECONDS)
    asked = json.loads(head)
    reading = read(raw, mailbox=ReplyMailbox(**asked["mailbox"]), asked=asked["asked"])
    signal.setitimer(signal.ITIMER_PROF, 0)
    send(parent, {"number": asked["number"], "reading": asdict(reading)})


if __name__ == "__main__":
    try:
        main()
    except (OSError, MemoryError):
        # The parent is gone, or a mail needs more memory than it may have: the parent sees that nothing comes.
        sys.exit(1)
