"""Hold real SMTP servers on loopback, which misbehave as they are told, and a mail to send to them."""

import ssl
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from ipaddress import ip_address
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tasks.channels.smtp.message import OutgoingMail
from tests.support.side_server import SideServer

A_MAIL = OutgoingMail(
    to_address="sean.o'brien@council.gov.example",
    to_name="Seán O'Brien",
    from_="Improvement programme: Medway <improvement@council.gov.example>",
    reply_to="reminders+abcd2345efgh6789@council.gov.example",
    envelope_from="reminders+abcd2345efgh6789@council.gov.example",
    subject="Improvement programme: the action plan — sign-off",
    text="Please tell us you have this by Thursday 14 November.\n.\nNot yours? Use the same link.\n",
    html="<p>Please tell us you have this by <b>Thursday 14 November</b>.</p>\n",
    message_id="<r.abcd2345efgh6789.0@council.gov.example>",
    date=datetime(2019, 11, 14, 8, 30, tzinfo=UTC),
)


def a_mail(**changes: Any) -> OutgoingMail:
    return replace(A_MAIL, **changes)


class Act(Enum):
    HANG = "says nothing"
    CUT = "cuts the line"
    DRIP = "says the usual, a byte every 50 ms, after five minutes of drips"
    BABBLE = "begins an answer that never ends"


Answer = str | Act


@dataclass(frozen=True)
class Received:
    sender: str
    recipient: str
    content: bytes


class SmtpServer(SideServer, ThreadingTCPServer):
    """Answer each step (connect, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, content, end, RSET) as usual, or as told.

    A list is used up answer by answer; then come the usual ones. What arrives whole is in `mails`, also when
    the sender is never told.
    """

    def __init__(
        self,
        tls: ssl.SSLContext | None = None,
        implicit: bool = False,
        talk: type["Talk"] | None = None,
        **told: Answer | list[Answer],
    ):
        super().__init__(("127.0.0.1", 0), talk or Talk)
        self.tls, self.implicit, self.told = tls, implicit, told
        self.connections = 0
        self.commands: list[str] = []
        self.mails: list[Received] = []

    @property
    def url(self) -> str:
        return f"daymarkmail{'s' if self.implicit else ''}://127.0.0.1:{self.port}/"

    def answer(self, step: str, usual: str) -> Answer:
        told = self.told.get(step, usual)
        if isinstance(told, list):
            return told.pop(0) if told else usual
        return told


class Talk(StreamRequestHandler):
    server: SmtpServer
    sender = recipient = ""
    said: Answer = ""

    def handle(self) -> None:
        self.server.connections += 1
        if self.server.implicit:
            self._encrypt()
        going_on = self._say("connect", "220 test ESMTP")
        while going_on and (line := self.rfile.readline()):
            command = line.decode("utf-8", "replace").strip()
            self.server.commands.append(command)
            verb = command.split()[0].upper()
            going_on = getattr(self, f"do_{verb}", self.do_other)(command)

    def do_EHLO(self, _: str) -> bool:  # noqa: N802
        offers = ["test", "8BITMIME", *(["STARTTLS"] if self.server.tls else []), "AUTH PLAIN"]
        return self._say("EHLO", "\r\n".join(f"250-{offer}" for offer in offers) + "\r\n250 HELP")

    def do_STARTTLS(self, _: str) -> bool:  # noqa: N802
        going_on = self._say("STARTTLS", "220 go ahead")
        self._encrypt()
        return going_on

    def do_AUTH(self, _: str) -> bool:  # noqa: N802
        return self._say("AUTH", "235 2.7.0 welcome")

    def do_MAIL(self, command: str) -> bool:  # noqa: N802
        self.sender = command.partition(":")[2]
        return self._say("MAIL", "250 2.1.0 ok")

    def do_RCPT(self, command: str) -> bool:  # noqa: N802
        self.recipient = command.partition(":")[2]
        return self._say("RCPT", "250 2.1.5 ok")

    def do_DATA(self, _: str) -> bool:  # noqa: N802
        if not self._say("DATA", "354 go ahead"):
            return False
        if not str(self.said).startswith("354"):
            return True
        if self.server.answer("content", "") is Act.CUT:
            self.rfile.read(100)
            return False
        lines = list(iter(self.rfile.readline, b".\r\n"))
        content = b"".join(line.removeprefix(b".") for line in lines)
        usual = self.ended(content)
        if usual.startswith("250"):
            self.server.mails.append(Received(self.sender, self.recipient, content))
        return self._say("end", usual)

    def ended(self, _: bytes) -> str:
        """Give the usual answer to a whole mail."""
        return "250 2.0.0 queued"

    def do_QUIT(self, _: str) -> bool:  # noqa: N802
        self._say("QUIT", "221 bye")
        return False

    def do_other(self, command: str) -> bool:
        return self._say(command.split()[0].upper(), "250 ok")

    def _say(self, step: str, usual: str) -> bool:
        """Answer one step; False when the line is to be cut."""
        answer = self.said = self.server.answer(step, usual)
        if answer is Act.DRIP:
            going_on = all(not self._waits(0.05) and self._write("250-drip\r\n"[n % 10]) for n in range(6000))
            return going_on and self._write(f"{usual}\r\n")
        if answer is Act.BABBLE:
            return all(self._write("250-and so on, and so on, and so on\r\n") for _ in range(10**6))
        if answer is Act.HANG:
            self._waits(300)
        return isinstance(answer, str) and self._write(f"{answer}\r\n")

    def _waits(self, seconds: float) -> bool:
        return self.server.hangs(seconds)

    def _write(self, text: str) -> bool:
        self.wfile.write(text.encode())
        return True

    def _encrypt(self) -> None:
        assert self.server.tls
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.setup()


def self_signed(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return a server's TLS context for 127.0.0.1 and the file of its certificate, which nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.council.gov.example")])
    made_on = datetime(2019, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(made_on)
        .not_valid_after(made_on + timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(secret)
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context, folder / "certificate.pem"
