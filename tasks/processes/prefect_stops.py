"""Keep what is switched off in Prefect in a file, so that pages and commands can say it without asking Prefect."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

_FILE = "switched-off-in-prefect.json"
# `daymark up` looks every five minutes: what is older than three looks says nothing about now.
_HOLDS = timedelta(minutes=15)


def note_prefect_stops(home: Path, sentences: Sequence[str], *, at: datetime) -> tuple[str, ...]:
    """Keep what is switched off at that instant, and give what was not known before."""
    known = prefect_stops(home, at=at)
    # A full disk must not end what is kept running.
    with suppress(OSError):
        (home / _FILE).write_text(json.dumps({"at": at.isoformat(), "sentences": list(sentences)}), "utf-8")
    return tuple(sentence for sentence in sentences if sentence not in known)


def prefect_stops(home: Path, *, at: datetime) -> tuple[str, ...]:
    """Say what is switched off in Prefect by the last look; empty where nobody looked lately."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads((home / _FILE).read_text("utf-8"))
        if abs(at - datetime.fromisoformat(kept["at"])) <= _HOLDS:
            return tuple(str(sentence) for sentence in kept["sentences"])
    return ()
