"""Make an empty home into which a backup is brought back, and what lies in it afterwards."""

from pathlib import Path

from config.settings import Settings
from models.store import Store, councils, open_engine
from tests.harness import World, snapshot

CASES = "plo-panel/1/cases"


def elsewhere(world: World, home: Path) -> Settings:
    """Give the settings of an empty home with the same key."""
    home.mkdir(parents=True, exist_ok=True)
    return world.settings.model_copy(update={"home": home, "database_url": f"sqlite:///{home / 'daymark.db'}"})


def contents(settings: Settings) -> dict[str, list[str]]:
    engine = open_engine(settings.database_url)
    try:
        return snapshot(Store(engine, *councils(engine)))
    finally:
        engine.dispose()
