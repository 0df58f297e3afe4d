"""Apprise's log, read and kept: it tells why, and with whose address and which token."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import local


class _Ears(local):
    """Each thread hears its own sends only: `apprise.LogCapture` would mix two that run side by side."""

    said: list[tuple[int, str]] | None = None


_ears = _Ears()


@contextmanager
def overhear() -> Iterator[list[tuple[int, str]]]:
    """Within, what Apprise logs in this thread is collected, as levels and lines, and reaches no other log."""
    _ears.said = []
    try:
        yield _ears.said
    finally:
        _ears.said = None


def _hear(record: logging.LogRecord) -> bool:
    if _ears.said is None:
        return True
    _ears.said.append((record.levelno, record.getMessage()))
    return False


logging.getLogger("apprise").addFilter(_hear)

# For a single plugin: tells everything, whatever level the process has chosen, and has no handler of its own.
LOGGER = logging.Logger("apprise of one message", logging.DEBUG)
LOGGER.addFilter(_hear)
