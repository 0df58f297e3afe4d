"""Keep a file of the parts that had to be started again, from which the assurance tells the programme lead."""

from datetime import datetime
from pathlib import Path

from timeline.calendar.london import in_london

_FILE = "restarts.log"


def note_restart(logs: Path, sentence: str, *, at: datetime) -> None:
    """Add a line with the time and the sentence. A full disk must not end what is kept running."""
    try:
        logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (logs / _FILE).open("a") as file:
            file.write(f"{in_london(at).isoformat(timespec='seconds')} {sentence}\n")
    except OSError:
        return


def restarts_since(logs: Path, since: datetime) -> tuple[str, ...]:
    """Give the sentences that were noted after `since`, oldest first."""
    try:
        lines = (logs / _FILE).read_text(errors="replace").splitlines()
    except OSError:
        return ()
    noted = (line.partition(" ") for line in lines if " " in line)
    return tuple(sentence for at, _, sentence in noted if _is_after(at, since))


def _is_after(at: str, since: datetime) -> bool:
    """Tell whether a line is of later; a line whose time a full disk cut off counts for nothing, and stops nobody."""
    try:
        return datetime.fromisoformat(at) > since
    except (ValueError, TypeError):
        return False
