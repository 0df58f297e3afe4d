"""Ask for a run of a Prefect whose database is busy: it is asked again, with the same body, and nothing else is."""

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from tasks.processes.asked_again import AskedAgain

RUN = "/api/deployments/6f2c1c9e-0b7a-4d0e-9c55-3f6f5c0d8a11/create_flow_run"


class Busy:
    """Play a Prefect that is busy for the first questions, and keep what it was asked."""

    def __init__(self, busy: int) -> None:
        self.busy, self.asked = busy, list[bytes]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(await Request(scope, receive).body())
        status = 503 if len(self.asked) <= self.busy else 201
        await JSONResponse({"n": len(self.asked)}, status_code=status)(scope, receive, send)


async def post(prefect: Busy, path: str = RUN) -> httpx.Response:
    transport = httpx.ASGITransport(AskedAgain(prefect, waits=(0, 0)))
    async with httpx.AsyncClient(transport=transport, base_url="http://prefect.example") as client:
        return await client.post(path, json={"parameters": {}})


async def test_a_form_is_asked_for_again_until_the_database_has_time() -> None:
    prefect = Busy(2)
    answer = await post(prefect)
    assert (answer.status_code, answer.json(), prefect.asked) == (201, {"n": 3}, [b'{"parameters":{}}'] * 3)


async def test_a_database_that_stays_busy_is_told_as_prefect_tells_it() -> None:
    prefect = Busy(9)
    assert ((await post(prefect)).status_code, len(prefect.asked)) == (503, 3)


class Raising(Busy):
    """Play a Prefect that answers, and then raises what went wrong, as Starlette does."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__(scope, receive, send)
        if len(self.asked) <= self.busy:
            raise RuntimeError("database is locked")


async def test_what_is_raised_after_an_answer_does_not_take_its_place() -> None:
    prefect = Raising(1)
    assert ((await post(prefect)).status_code, len(prefect.asked)) == (201, 2)
    assert (await post(Raising(9))).status_code == 503


async def test_other_requests_are_asked_once() -> None:
    prefect = Busy(9)
    assert ((await post(prefect, "/api/flow_runs/filter")).status_code, len(prefect.asked)) == (503, 1)
