"""Serve the records and the tasks to programs that read, such as Power BI, as JSON and CSV; nothing here acts."""

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from config.rendering.csv_table import as_csv
from tasks import clock
from tasks.links.readers import Reading
from timeline.calendar.wording import near
from timeline.programme.sheets.tables import Cell, Table
from web.interfaces import Standings
from web.machines.api_description import ROOT, description

_TOKEN = re.compile(r"[a-z2-9]{16}")
_ASKS = {"WWW-Authenticate": 'Basic realm="Daymark", charset="UTF-8"'}


class Readers(Protocol):
    """Name what this door needs."""

    def read(self, token: str, *, at: datetime) -> Reading | None:
        """Give what the token lets a program read at that instant; None for a token that opens nothing."""
        ...


@dataclass(frozen=True)
class Api:
    """Serve `/api/v1`."""

    readers: Readers
    base_url: str
    standings: Standings | None = None

    def routes(self) -> list[Route]:
        return [
            Route(ROOT, self.list),
            Route(f"{ROOT}/openapi.json", self.describe),
            Route(f"{ROOT}/councils", self.councils),
            Route(f"{ROOT}/{{table}}", self.table),
        ]

    async def describe(self, _request: Request) -> Response:
        """Describe the interface in OpenAPI; it holds nothing of a council, and needs no token."""
        return JSONResponse(description(self.base_url))

    async def list(self, request: Request) -> Response:
        """Name the tables with their columns."""
        reading = await self._reading(request)
        if reading is None:
            return _refused()
        names = {name: list(table.columns) for name, table in reading.tables.items()}
        return JSONResponse({**_head(reading), "tables": names})

    async def councils(self, request: Request) -> Response:
        """Give how every council stands, by name, to a program that may see all."""
        key, at = _given(request.headers.get("authorization", "")), clock.now()
        if not (key and self.standings and self.standings.open_to(key)):
            # The answer of a table that is not there: nobody else learns that there is a list.
            return await self.table(request)
        standings = await run_in_threadpool(self.standings.all, at=at)
        return JSONResponse({"as_at": at.isoformat(), "councils": [each.as_object() for each in standings]})

    async def table(self, request: Request) -> Response:
        """Give a table: as JSON, or with the ending .csv as CSV."""
        reading = await self._reading(request)
        if reading is None:
            return _refused()
        asked = str(request.path_params.get("table", "councils"))
        name = asked.removesuffix(".csv")
        table = reading.tables.get(name)
        if table is None:
            return JSONResponse({"fault": f"There is no table “{name[:60]}”.{near(name[:60], reading.tables)}"}, 404)
        if asked.endswith(".csv"):
            return Response(as_csv(table.columns, table.rows), media_type="text/csv; charset=utf-8")
        return JSONResponse({**_head(reading), "rows": _rows(table)})

    async def _reading(self, request: Request) -> Reading | None:
        token = _token(request.headers.get("authorization", ""))
        return await run_in_threadpool(self.readers.read, token, at=clock.now()) if token else None


def _token(header: str) -> str:
    """Read the token of a reader; nothing where it is not written as a token is."""
    token = _given(header).lower()
    return token if _TOKEN.fullmatch(token) else ""


def _given(header: str) -> str:
    """Read what was given: as a bearer's, or as the password of a login, which is what Power BI can refresh with."""
    kind, _, given = header.partition(" ")
    if kind.casefold() == "basic":
        try:
            given = b64decode(given, validate=True).decode().rpartition(":")[2]
        except ValueError:
            return ""
    return given.strip() if kind.casefold() in ("basic", "bearer") else ""


def _refused() -> Response:
    fault = "This needs the token of a reader, as a bearer or as the password of a login: see docs/api.md."
    return JSONResponse({"fault": fault}, 401, headers=_ASKS)


def _head(reading: Reading) -> Mapping[str, str]:
    return {"council": reading.council, "as_at": reading.at.isoformat()}


def _rows(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, map(_plain, row), strict=True)) for row in table.rows]


def _plain(value: Cell) -> Cell:
    return value.isoformat() if isinstance(value, date) else value
