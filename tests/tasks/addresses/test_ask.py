"""Ask a real web server, which answers in all the ways that servers do, and machines that are not there."""

import socket
from collections.abc import Iterator
from functools import partial

import httpx
import pytest

from tasks.addresses import ask as asking
from tests.support.web_server import WebServer
from tests.tasks.https_servers import HttpsServer
from timeline.programme.links import LinkAnswer, Trouble


@pytest.fixture(autouse=True)
def _nobody_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have only those who never answer come too late on a busy machine."""
    monkeypatch.setattr(asking, "_PATIENCE_SECONDS", 60)
    monkeypatch.setattr(asking, "_LONGEST_SECONDS", 60)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as serving:
        yield serving


async def test_each_kind_of_answer_is_told_apart(server: WebServer) -> None:
    with HttpsServer() as untrusted, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        expected = {
            server.at("/page"): 200,
            server.at("/404"): 404,
            server.at("/410"): 410,
            server.at("/401"): 401,
            server.at("/403"): 403,
            server.at("/503"): 503,
            server.at("/only-get/405"): 200,
            server.at("/only-get/404"): 200,
            server.at("/to//page"): 200,
            server.at("/to//to//to//404"): 404,
            server.at("/cut"): Trouble.BROKEN,
            server.at("/to/file:///etc/passwd"): Trouble.ELSEWHERE,
            server.at("/to/ftp://127.0.0.1/"): Trouble.ELSEWHERE,
            server.at("/to//to//to//to//to//to//to//page"): Trouble.CIRCLE,
            f"https://127.0.0.1:{untrusted.port}/": Trouble.UNTRUSTED,
            f"http://127.0.0.1:{free.getsockname()[1]}/": Trouble.NOBODY,
            "http://[::1/": Trouble.UNREADABLE,
            "http://127.0.0.1:99999/": Trouble.UNREADABLE,
            "file:///etc/passwd": Trouble.UNREADABLE,
        }
        answers = await asking.ask(expected)
    assert {address: answer.trouble or answer.status for address, answer in answers.items()} == expected


async def test_a_server_that_says_nothing_is_slow(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_PATIENCE_SECONDS", 0.3)
    hang = server.at("/hang")
    assert await asking.ask([hang]) == {hang: LinkAnswer(trouble=Trouble.SLOW)}


async def test_an_address_is_asked_once_and_nothing_is_sent_or_read_but_the_answer(server: WebServer) -> None:
    secret = server.at("/to//only-get/405").replace("://", "://reader:secret@")
    answers = await asking.ask([server.at("/page"), server.at("/page"), secret])
    assert answers[secret] == LinkAnswer(status=200, ended_at=secret.replace("/to//", "/"))
    assert server.asked.count(("HEAD", "/page")) == 1
    assert not {"authorization", "cookie"} & set(server.headers)
    assert server.written < 10**7


async def test_no_machine_elsewhere_sends_us_to_ourselves(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, client = [], httpx.AsyncClient

    def sends_on(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(302, headers={"Location": "http://127.0.0.1:4200/api/admin"})

    monkeypatch.setattr(httpx, "AsyncClient", partial(client, transport=httpx.MockTransport(sends_on)))
    address = "https://files.council.example/"
    assert await asking.ask([address]) == {address: LinkAnswer(trouble=Trouble.ELSEWHERE)}
    assert asked == ["files.council.example"]


async def test_a_name_that_no_machine_has_is_told_from_a_look_up_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    for fault, expected in ((socket.EAI_NONAME, Trouble.NO_MACHINE), (socket.EAI_AGAIN, Trouble.NO_LOOKUP)):

        def looked_up(*_: object, fault: int = fault, **__: object) -> None:
            raise socket.gaierror(fault, "no")

        monkeypatch.setattr(socket, "getaddrinfo", looked_up)
        assert await asking.ask(["http://files.council.example/"]) == {
            "http://files.council.example/": LinkAnswer(trouble=expected)
        }


async def test_an_answer_that_drips_for_ever_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_LONGEST_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        assert await asking.ask([address]) == {address: LinkAnswer(trouble=Trouble.SLOW)}
