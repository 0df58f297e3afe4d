"""Hold the process that reads mails, as a mail would have it that found a fault: held up in C, too large, or ended."""

import os
import re
from typing import Any

from tasks.reading import worker
from tasks.reading.mail import read
from timeline.replies.reading import MailReading


def misled(raw: bytes, **given: Any) -> MailReading:
    if b"hang" in raw:
        re.match(r"(a+)+$", "a" * 60 + "b")
    if b"too large" in raw:
        bytearray(worker.MOST_OCTETS)
    if b"die" in raw:
        os._exit(1)
    return read(raw, **given)


if __name__ == "__main__":
    vars(worker)[read.__name__] = misled
    worker.main()
