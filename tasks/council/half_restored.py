"""Keep everybody away from a home into which a restore was begun and not brought to its end."""

import os
from pathlib import Path


class HalfRestored(ValueError):
    """Report that a restore was killed, as a sentence that says how to finish it."""


def restore_begins(home: Path, folder: Path) -> None:
    """Note that a backup is being brought back into this home."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    _note(home).write_text(f"{folder.absolute()}\n", "utf-8")


def restore_ended(home: Path) -> None:
    """Note that it was brought back, or that nothing was changed."""
    _note(home).unlink(missing_ok=True)


def half_restored_from(home: Path) -> Path | None:
    """Give the folder from which a restore was begun and not finished; None where there is no such restore."""
    note = _note(home)
    # Every page asks, and a file that is not there costs `exists` an exception.
    return Path(note.read_text("utf-8").strip()) if os.access(note, os.F_OK) else None


def refuse_half_restored(home: Path) -> None:
    """Raise HalfRestored where a restore was not finished: an empty database would be begun in place of the old."""
    folder = half_restored_from(home)
    if folder:
        raise HalfRestored(
            f"A restore from {folder} into {home} was not finished: run daymark restore {folder} again, or delete "
            f"{_note(home)} to go on with what is there."
        )


def _note(home: Path) -> Path:
    return home / "restoring"
