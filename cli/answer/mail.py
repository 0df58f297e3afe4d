"""`daymark mail inspect FILE.eml`: how a reply would be read, and why. Nothing is recorded."""

import json as json_
from pathlib import Path
from typing import Annotated

import typer

from config.settings import settings
from tasks.reading.bounded import read
from timeline.calendar.wording import long_date
from timeline.replies.reading import MailReading, ReplyMailbox

File = Annotated[Path, typer.Argument(metavar="FILE.eml", help="One mail as it came in, headers and all.")]
AuthservOption = Annotated[
    str | None,
    typer.Option(
        "--authserv",
        metavar="NAME",
        help="The name of our mail server in Authentication-Results; '' for Exchange Online. "
        "Else DAYMARK_MAIL_AUTHSERV.",
    ),
]
TenantOption = Annotated[
    str | None,
    typer.Option("--tenant", metavar="ID", help="Our tenant in Exchange Online. Else DAYMARK_MAIL_TENANT."),
]
AskedOption = Annotated[str | None, typer.Option("--asked", metavar="ADDRESS", help="The person who was asked.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print a JSON object.")]


_MOST_BYTES = 50_000_000


def register(app: typer.Typer) -> None:
    """Add `daymark mail` with its sub-commands to the application."""
    mail = typer.Typer()
    mail.callback()(_mail)
    mail.command("inspect")(inspect)
    mail.command("test")(try_out)
    app.add_typer(mail, name="mail")


def _mail() -> None:
    """Show how mails to the mailbox are read, and try the way out."""


def inspect(
    file: File,
    authserv: AuthservOption = None,
    tenant: TenantOption = None,
    asked: AskedOption = None,
    json: JsonOption = False,
) -> None:
    """Show how a reply would be read, and why. Record nothing."""
    reading = read(_content(file), mailbox=_mailbox(authserv, tenant), asked=asked)
    typer.echo(json_.dumps(as_object(reading), ensure_ascii=False) if json else as_text(reading))


def try_out() -> int:
    """Send one message to ourselves by mail now, and say in a sentence how far it came.

    It goes to DAYMARK_MAIL_ADDRESS and to nobody else. Exit code 0 when it was accepted, 1 when it was not.
    """
    # Here, because reading a mail needs nothing of all that sends.
    from cli.answer.mail_out import send_to_ourselves

    seen = send_to_ourselves()
    typer.echo(seen.told)
    return 1 if seen.works is False else 0


def as_object(reading: MailReading) -> dict[str, object]:
    """Give the reading as a JSON object, with no words of the mail but the link or reference in it."""
    return {
        "kind": reading.kind.value,
        "response": reading.response.value if reading.response else None,
        "number": reading.number,
        "token": reading.token,
        "trusted": reading.trusted,
        "from_asked": reading.from_asked,
        "absent_from": reading.absent_from.isoformat() if reading.absent_from else None,
        "absent_until": reading.absent_until.isoformat() if reading.absent_until else None,
        "evidence": reading.evidence,
        "bounced": reading.bounced,
        "why": reading.why,
    }


def as_text(reading: MailReading) -> str:
    """Give the reading as lines of text, without a line for an empty value."""
    lines = [
        ("Taken for", reading.kind.value.replace("_", " ")),
        ("Answer", reading.response.value if reading.response else "none"),
        ("Task", str(reading.number or "")),
        ("Evidence", reading.evidence),
        ("Token", reading.token or "none"),
        ("Sender", reading.sender or "not one address"),
        ("Proved", "yes" if reading.trusted else "no"),
        ("The person asked", {True: "yes", False: "no", None: ""}[reading.from_asked]),
        ("Undeliverable", reading.bounced),
        ("Away from", long_date(reading.absent_from) if reading.absent_from else ""),
        ("Away until", long_date(reading.absent_until) if reading.absent_until else ""),
        ("Why", reading.why),
    ]
    return "\n".join(f"{f'{name}:':<18}{_shown(value)}" for name, value in lines if value)


def _mailbox(authserv: str | None, tenant: str | None) -> ReplyMailbox:
    """Build our mailbox: an option given on the command line replaces its setting."""
    known = settings()
    return ReplyMailbox(
        address=known.mail_address,
        authserv=known.mail_authserv if authserv is None else authserv,
        tenant=known.mail_tenant if tenant is None else tenant,
    )


def _content(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_MOST_BYTES)


def _shown(value: str) -> str:
    """Replace unprintable characters: a stranger's text goes to a terminal, so let through no escape sequences and
    no marks of direction.
    """
    return "".join(letter if letter.isprintable() else "?" for letter in value)
