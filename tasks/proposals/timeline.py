"""Propose to apply a timeline file that somebody uploads: every fault with its line, or what it would change."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from config.load import digest
from config.settings import Settings
from config.timeline_files.faults import BadInput
from tasks.changes.apply import apply_timeline
from tasks.changes.record import Refused, file_changes, ladders_kept, tell
from tasks.changes.timeline_file import applied_on, load_checked
from tasks.council.run import CouncilRun
from tasks.proposals.proposal import Done, Faulty, Proposal
from timeline.calendar.london import london_date
from timeline.calendar.wording import count
from timeline.definitions.imports import differing
from timeline.forecast.changes import counted, in_words

_A_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.ya?ml")


def applying(run: CouncilRun, name: str, content: bytes, *, ladders_too: bool = False) -> Proposal:
    """Propose to make this the council's timeline. Raises Refused, and Faulty with every fault of the file."""
    store, given = run.store, run.settings
    first_on = applied_on(store)
    with _laid_down(given, name, content) as path:
        try:
            timeline, warnings = load_checked(path, on=first_on or london_date(run.at))
        except BadInput as bad:
            raise Faulty(tuple(f"{fault}" for fault in bad.faults)) from None
        source, made_of = path.name, digest(path)
    if timeline.council.key != store.council:
        raise Refused(f"This is the timeline of “{timeline.council.key}”; expected one of “{store.council}”.")
    after = timeline.going_live(on=first_on or london_date(run.at))
    changes = file_changes(store, after, given, at=run.at)
    kept = ladders_kept(store, after, at=run.at)
    applied = store.changes.applied()
    known = not changes and applied is not None and applied.digest == made_of

    def make(who: str, at: datetime) -> Done:
        apply_timeline(store, timeline, given, at=at, who=who, source=source, digest=made_of, ladders_too=ladders_too)
        written = tell(store, given, at=at)
        corrections = (f"{count(written, 'correction')} to those who were told an old date.",) if written else ()
        return Done((counted(changes), *corrections))

    open_ladders = () if not kept else (_ladders(len(kept)),) if ladders_too else (in_words(kept).partition(";")[0],)
    return Proposal(
        says=(f"{source} becomes the timeline of {timeline.council.name}: {len(timeline.obligations)} duties.",),
        changes=changes,
        notes=(
            *(f"{fault}" for fault in warnings),
            *differing(timeline.directory, store.people.imported()),
            *open_ladders,
            counted(changes),
        ),
        already="This timeline is in force already: nothing changes." if known else "",
        stands_on=made_of,
        make=make,
    )


def _ladders(n: int) -> str:
    return f"{count(n, 'task')} that opened with another ladder get the one that holds now."


@contextmanager
def _laid_down(settings: Settings, name: str, content: bytes) -> Iterator[Path]:
    """Lay the file for a moment beside copies of the files that it may name: those beside the timeline of Daymark's
    own setting, and no others of this machine.
    """
    own = name if _A_NAME.fullmatch(name) else "timeline.yaml"
    with TemporaryDirectory(prefix="daymark-upload-") as folder:
        for pattern in ("*.yaml", "*.ics"):
            for beside in settings.timeline.parent.glob(pattern):
                shutil.copyfile(beside, Path(folder) / beside.name)
        path = Path(folder) / own
        path.write_bytes(content)
        yield path
