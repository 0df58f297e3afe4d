"""Test how much Prefect has heard: kept up to what was read, and never set back."""

from models.store import News, Store, heard, news
from tests.models import world


def of(store: Store) -> News | None:
    return next((each for each in news(store.engine) if each.council == store.council), None)


def test_what_was_heard_is_kept_until_more_happens(store: Store) -> None:
    first = of(store)
    assert first is not None
    assert first.told is None
    heard(store.engine, [first])
    assert of(store) is None
    store.outbox.stop(at=world.MORNING, who="Head of ICT", reason="")
    again = of(store)
    assert again == News(store.council, first.end, first.end + 1)


def test_a_slower_run_does_not_set_back_what_a_faster_run_told(store: Store) -> None:
    slower = of(store)
    assert slower is not None
    store.outbox.stop(at=world.MORNING, who="Head of ICT", reason="")
    faster = of(store)
    assert faster is not None
    assert faster.end > slower.end
    heard(store.engine, [faster])
    heard(store.engine, [slower])
    assert of(store) is None
