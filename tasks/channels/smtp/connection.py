"""Hold a line to a mail server, and what is said on it."""

import atexit
import os
import smtplib
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from time import monotonic

from tasks.channels.exchange.access import NO_ACCOUNT, NoToken, access_token
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.channels.smtp.message import OutgoingMail
from tasks.channels.smtp.server_url import MailServer, StartTls
from tasks.channels.smtp.timed_smtp import Deadline, Wire, tls_context


class Connection(Wire):
    """Hold a line that opens with the first `deliver`; after trouble `sock` is None and it is of no more use."""

    stage = Stage.CONNECT
    token = ""
    """The token that this line signed in with; `refused` is a token that is known to be of no use."""
    refused = ""
    _handed_over = _unfinished = False

    def deliver(self, mail: OutgoingMail, content: bytes, deadline: Deadline) -> Receipt:
        """Hand a mail over. Never raises for what a server does or leaves undone."""
        self.deadline, self._handed_over = deadline, False
        return self._receipt(mail.message_id, lambda: self._hand_over(mail, content))

    def try_out(self, deadline: Deadline) -> Receipt:
        """Open the line, sign in and hand nothing over. Never raises for what a server does or leaves undone."""
        self.deadline, self._handed_over = deadline, False
        return self._receipt("", self.noop)

    def _receipt(self, message_id: str, speak: Callable[[], tuple[int, bytes]]) -> Receipt:
        said: bytes | str
        try:
            if self.sock is None:
                self._open()
            code, said = speak()
        except smtplib.SMTPResponseException as no:
            self._unfinished = True
            code, said = no.smtp_code, no.smtp_error
            if code == 421 or self.stage in (Stage.CONNECT, Stage.AUTH):
                self.close()
        except NoToken as no:
            self.close()
            return Receipt(
                SendOutcome.UNREACHABLE, Stage.AUTH, None, None, str(no), message_id, retry_after=no.retry_after
            )
        except Exception as trouble:  # whatever a server provokes: "not sent" must never be a guess
            self.close()
            return self._broken(trouble, message_id)
        return Receipt.of_reply(self.stage, code, self._readable(said), message_id)

    def hang_up(self) -> None:
        self.deadline = Deadline(1)
        with suppress(OSError, smtplib.SMTPException):
            self.docmd("QUIT")
        self.close()

    def _open(self) -> None:
        self.stage = Stage.CONNECT
        _expect(2, self.connect(self.route.host, self.route.port))
        self.ehlo_or_helo_if_needed()
        if not self.route.implicit_tls:
            self._encrypt()
        if self.route.oauth:
            self.stage = Stage.AUTH
            self._show_token()
        elif self.route.user:
            self.stage = Stage.AUTH
            self.login(self.route.user, self.route.password)

    def _show_token(self) -> None:
        """Sign in by XOAUTH2. A server that refuses says why in a challenge, and answers to an empty line."""
        if self.route.account is None:
            raise NoToken(NO_ACCOUNT)
        app = self.route.account.app
        self.token = access_token(app, app.mail_scope, seconds=self.deadline.left(), refused=self.refused)
        shown = f"user={self.route.mailbox}\1auth=Bearer {self.token}\1\1"
        self.auth("XOAUTH2", lambda challenge=None: shown if challenge is None else "")

    def _encrypt(self) -> None:
        if self.route.starttls is not StartTls.NO and self.has_extn("starttls"):
            self.starttls(context=tls_context(self.route.verify))
            self.ehlo_or_helo_if_needed()
        elif self.route.must_encrypt:
            raise smtplib.SMTPNotSupportedError("the server does not offer STARTTLS, which is required here")

    def _hand_over(self, mail: OutgoingMail, content: bytes) -> tuple[int, bytes]:
        if self._unfinished:
            self._say(Stage.CONNECT, 2, "RSET")
            self._unfinished = False
        # Not smtplib's mail() and rcpt(): they parse the address, and ours must stay as it is.
        # Exchange Online checks the sender against the mailbox; that a plus address of it passes is documented nowhere.
        sender = self.route.mailbox if self.route.oauth else mail.envelope_from
        self._say(Stage.FROM, 2, f"MAIL FROM:<{sender}>")
        self._say(Stage.RCPT, 2, f"RCPT TO:<{mail.to_address}>")
        self._say(Stage.DATA, 3, "DATA")
        self._handed_over = True
        self.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        return _expect(2, self.getreply())

    def _say(self, stage: Stage, expected: int, command: str) -> None:
        self.stage = stage
        _expect(expected, self.docmd(command))

    def _broken(self, trouble: Exception, message_id: str) -> Receipt:
        outcome = SendOutcome.UNCERTAIN if self._handed_over else SendOutcome.UNREACHABLE
        seconds = f"no answer within {self.deadline.seconds:g} seconds"
        reason = seconds if self.deadline.passed else self._readable(str(trouble))
        text = f"{self.route.host}:{self.route.port}: {reason}"
        return Receipt(outcome, self.stage, None, None, text, message_id)

    def _readable(self, said: bytes | str) -> str:
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        shown = f"user={self.route.mailbox}\1auth=Bearer {self.token}\1\1"
        for secret in (self.token, b64encode(shown.encode()).decode()) if self.token else ():
            text = text.replace(secret, "****")
        return self.route.without_password(text)


def _expect(kind: int, reply: tuple[int, bytes]) -> tuple[int, bytes]:
    code, said = reply
    if code >= 400:
        raise smtplib.SMTPResponseException(code, said)
    if code // 100 != kind:
        raise smtplib.SMTPServerDisconnected("the server's answer came out of turn")
    return reply


_REFUSED = 535
_IDLE_SECONDS = 30  # relays hang up after one to five minutes, firewalls forget even sooner

# By process too: after a fork, two writers on the same line would mix two people's mails.
_idle: dict[tuple[int, MailServer], list[tuple[float, Connection]]] = {}
_lock = Lock()


def deliver(route: MailServer, mail: OutgoingMail, content: bytes, deadline: Deadline) -> Receipt:
    """Hand a mail over, on a kept line if there is one, and keep the line if it is still good."""
    line = _take(route)
    if line is not None:
        receipt = _deliver_on(line, mail, content, deadline)
        if not _turned_away(receipt):
            return receipt
    line = Connection(route)
    receipt = _deliver_on(line, mail, content, deadline)
    return _once_more(line, mail, content, deadline) if _takes_no_token(line, receipt) else receipt


def _takes_no_token(line: Connection, receipt: Receipt) -> bool:
    """Tell whether a token was refused that may have been kept for too long; the password of a setting is no other."""
    return bool(line.token) and receipt.stage is Stage.AUTH and receipt.code == _REFUSED


def _once_more(before: Connection, mail: OutgoingMail, content: bytes, deadline: Deadline) -> Receipt:
    line = Connection(before.route)
    line.refused = before.token
    return _deliver_on(line, mail, content, deadline)


def close_connections() -> None:
    """Say goodbye on every idle line of this process; the next send opens a new line."""
    with _lock:
        ours = [key for key in _idle if key[0] == os.getpid()]
        lines = [line for key in ours for _, line in _idle.pop(key)]
    for line in lines:
        line.hang_up()


atexit.register(close_connections)


def _deliver_on(line: Connection, mail: OutgoingMail, content: bytes, deadline: Deadline) -> Receipt:
    receipt = line.deliver(mail, content, deadline)
    if line.sock is not None:
        with _lock:
            _idle.setdefault((os.getpid(), line.route), []).append((monotonic(), line))
    return receipt


def _turned_away(receipt: Receipt) -> bool:
    # The line had been closed, or carries no more mails: nothing of this mail was sent, so a new line is safe.
    return receipt.outcome is SendOutcome.UNREACHABLE or (receipt.stage is Stage.FROM and receipt.retryable)


def _take(route: MailServer) -> Connection | None:
    with _lock:
        waiting = _idle.pop((os.getpid(), route), [])
        oldest = monotonic() - _IDLE_SECONDS
        too_old = [line for since, line in waiting if since < oldest]
        fresh = waiting[len(too_old) :]  # the line used last is the last in the list
        taken = fresh.pop()[1] if fresh else None
        _idle[os.getpid(), route] = fresh
    for line in too_old:
        line.close()
    return taken
