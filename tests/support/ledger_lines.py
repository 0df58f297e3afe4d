"""Give what the ledger of a council says was accepted, as the lines that a replay prints."""

import json
from datetime import datetime
from typing import Any

from cli.run.events import as_json
from config.settings import Settings
from models.store import Store
from tasks.council.ledger import engine
from timeline.calendar.london import LONDON

_EVER = datetime(1900, 1, 1, tzinfo=LONDON), datetime(2900, 1, 1, tzinfo=LONDON)


def ledger_lines(settings: Settings, council: str = "medway") -> list[dict[str, Any]]:
    """Give every prompt that was accepted, as its line would be."""
    store = Store(engine(settings.database_url), council)
    directory = store.definitions.timeline(settings.working_hours).directory
    lines = []
    for entry in store.ledger.accepted(since=_EVER[0], until=_EVER[1]):
        stored = store.plan.milestone(entry.prompt.key.milestone)
        assert stored
        assert entry.accepted_at
        line = as_json(entry.prompt, stored.milestone, directory, at=entry.accepted_at, message=entry.message or "")
        lines.append(json.loads(line))
    return lines
