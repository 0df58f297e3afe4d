"""Test that Prefect is asked again while its database is busy, and that a refusal is not."""

import httpx
import pytest

from tasks.processes import asking_prefect
from tasks.processes.asking_prefect import persistent

BUSY, LOST = 503, None


def asked(monkeypatch: pytest.MonkeyPatch, *answers: int | None) -> tuple[int | None, int]:
    """Give the last status, None where it was refused or lost, and how often it was asked."""
    monkeypatch.setattr(asking_prefect, "_WAITS", (0, 0, 0))
    given, count = iter(answers), 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal count
        count += 1
        if (status := next(given)) is LOST:
            raise httpx.ReadError("Connection reset by peer", request=request)
        return httpx.Response(status)

    with httpx.Client(transport=httpx.MockTransport(answer)) as prefect:
        try:
            return persistent(lambda: prefect.patch("http://127.0.0.1/api/deployments/1")).status_code, count
        except httpx.HTTPError:
            return None, count


def test_it_is_asked_again_while_it_is_busy_or_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, 204) == (204, 1)
    assert asked(monkeypatch, BUSY, LOST, 204) == (204, 3)
    assert asked(monkeypatch, BUSY, BUSY, BUSY, BUSY) == (None, 4)
    assert asked(monkeypatch, LOST, LOST, LOST, LOST) == (None, 4)
    assert asked(monkeypatch, 422) == (None, 1)
