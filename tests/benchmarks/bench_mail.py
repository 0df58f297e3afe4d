"""Tell how many mails a second leave through our plugin, beside raw smtplib and Apprise's own mailto.

`python -m tests.benchmarks.bench_mail [MAILS]` (2,000 by default, 100 for mailto). The sink is a process of its own
that answers at once and keeps nothing, so what is measured is the sending side.
"""

import asyncio
import smtplib
import sys
from collections.abc import Callable
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from time import perf_counter
from typing import ClassVar

import apprise
from rich.console import Console
from rich.table import Table

from tasks.channels.mail import send
from tasks.channels.receipt import SendOutcome
from tasks.channels.smtp.connection import close_connections
from tasks.channels.smtp.message import OutgoingMail
from tasks.channels.smtp.plugin import build
from tests.benchmarks.aims import Figure, keep
from tests.tasks.smtp_servers import a_mail

STOCK_MAILS = 100
ROUNDS = 5  # ours and smtplib take turns, so that a busy moment of the machine slows both


class Sink(asyncio.Protocol):
    """Say yes to everything. `answers` holds what is not plain 250."""

    answers: ClassVar = {b"DATA": b"354 go\r\n", b"QUIT": b"221 bye\r\n", b"EHLO": b"250-sink\r\n250 8BITMIME\r\n"}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.heard, self.in_content = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.heard += data
        while (end := b"\r\n.\r\n" if self.in_content else b"\r\n") in self.heard:
            said, _, self.heard = self.heard.partition(end)
            verb = b"" if self.in_content else said[:4].upper()
            self.in_content = verb == b"DATA"
            self.transport.write(self.answers.get(verb, b"250 ok\r\n"))


def serve(tell: "Connection[int, None]") -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0)
        tell.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def different_mails(count: int) -> list[OutgoingMail]:
    rows = "".join(f"<tr><td>Task {n}</td><td>Thursday 28 November – five days left</td></tr>\n" for n in range(40))
    return [
        a_mail(
            to_address=f"post{number}@council.gov.example",
            subject=f"Improvement programme: task {number} — due Thursday 28 November",
            text=f"Task {number}: please tell us you have this by Thursday 14 November.\n" * 20,
            html=f"<h1>Task {number}</h1><table>{rows}</table>",
            message_id=f"<r.bench.{number}@council.gov.example>",
        )
        for number in range(count)
    ]


def ours(port: int, mails: list[OutgoingMail]) -> None:
    for mail in mails:
        assert send(f"daymarkmail://127.0.0.1:{port}/", mail).outcome is SendOutcome.ACCEPTED


def raw(port: int, mails: list[OutgoingMail]) -> None:
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as client:
        for mail in mails:
            client.sendmail(mail.envelope_from, [mail.to_address], build(mail))


def stock(port: int, mails: list[OutgoingMail]) -> None:
    for mail in mails:
        url = f"mailto://127.0.0.1:{port}?from=us@council.gov.example&to={mail.to_address}&format=html"
        assert apprise.Apprise(url).notify(body=mail.html, title=mail.subject)


def seconds(way: Callable[[int, list[OutgoingMail]], None], port: int, mails: list[OutgoingMail]) -> float:
    began = perf_counter()
    way(port, mails)
    return perf_counter() - began


def main(count: int) -> None:
    hears, tells = Pipe(duplex=False)
    sink = Process(target=serve, args=(tells,), daemon=True)
    sink.start()
    port, mails = hears.recv(), different_mails(count)
    ours(port, mails[:20])  # the first mail loads Apprise
    by_us = by_smtplib = 0.0
    for turn in range(ROUNDS):
        by_us += seconds(ours, port, mails[turn::ROUNDS])
        by_smtplib += seconds(raw, port, mails[turn::ROUNDS])
    few = mails[:STOCK_MAILS]
    by_stock = seconds(stock, port, few)
    close_connections()
    sink.terminate()
    by_them, raw_rate = len(few) / by_stock, count / by_smtplib
    rows = [
        ("our plugin, HTML and text, a receipt each", count, count / by_us, by_smtplib / by_us),
        ("raw smtplib, one kept line, the same bytes", count, raw_rate, 1.0),
        ("Apprise's own mailto, HTML only", len(few), by_them, by_them / raw_rate),
    ]
    show(len(build(mails[0])), rows)


def show(size: int, rows: list[tuple[str, int, float, float]]) -> None:
    table = Table("route", "mails", "mails/s", "of raw", title=f"Mails of {size:,} octets to a sink on this machine")
    for route, mails, rate, share in rows:
        table.add_row(route, f"{mails:,}", f"{rate:,.0f}", f"{share:.0%}")
    Console().print(table)
    keep([Figure("mails", rows[0][3], f"{rows[1][2]:,.0f} a second by raw smtplib")])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
