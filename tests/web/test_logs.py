"""Test that whoever reads the access log learns no link."""

import logging

import httpx

from tests.web.views import MINE, OPEN


def test_the_access_log_holds_no_token(served: str) -> None:
    lines: list[str] = []

    class Reader(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    reader = Reader()
    logging.getLogger("uvicorn.access").addHandler(reader)
    try:
        with httpx.Client(base_url=served, timeout=60) as client:
            client.get(f"/r/{OPEN}?from=mail")
            client.post(f"/r/{OPEN.upper()}/")
            client.post(f"/r/{OPEN}/mine")
            client.get(f"/mine/{MINE}")
            client.get(f"/calendar/{MINE}.ics")
            client.get(f"/board/{OPEN}")
            client.post(f"/assurance/silent/{OPEN}")
            client.get("/health")
    finally:
        logging.getLogger("uvicorn.access").removeHandler(reader)
    assert any('"GET /r/…?from=mail HTTP/1.1" 200' in line for line in lines)
    assert any('"GET /mine/… HTTP/1.1" 200' in line for line in lines)
    assert any("/health" in line for line in lines)
    assert not any(token in line.lower() for line in lines for token in (OPEN, MINE))
