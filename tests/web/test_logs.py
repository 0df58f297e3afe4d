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
        httpx.get(f"{served}/r/{OPEN}?from=mail")
        httpx.post(f"{served}/r/{OPEN.upper()}/")
        httpx.post(f"{served}/r/{OPEN}/mine")
        httpx.get(f"{served}/mine/{MINE}")
        httpx.get(f"{served}/calendar/{MINE}.ics")
        httpx.get(f"{served}/board/{OPEN}")
        httpx.post(f"{served}/assurance/silent/{OPEN}")
        httpx.get(f"{served}/health")
    finally:
        logging.getLogger("uvicorn.access").removeHandler(reader)
    assert any('"GET /r/…?from=mail HTTP/1.1" 200' in line for line in lines)
    assert any('"GET /mine/… HTTP/1.1" 200' in line for line in lines)
    assert any("/health" in line for line in lines)
    assert not any(token in line.lower() for line in lines for token in (OPEN, MINE))
