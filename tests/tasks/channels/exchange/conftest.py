from collections.abc import Iterator

import pytest

from tests.tasks.exchange_servers import trusting


@pytest.fixture(autouse=True)
def _our_servers_are_trusted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with trusting(monkeypatch):
        yield
