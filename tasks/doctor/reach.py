"""Examine what lies outside: each channel on which messages leave, the mailbox, and the address of the pages."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

import httpx

from config.channels import MAIL
from config.houses.own import administrators, of_council
from config.settings import Settings, SettingsError
from tasks.assurance.probes import channels_seen
from tasks.channels.exchange.registrations import for_sending
from tasks.channels.mail import try_out
from tasks.channels.receipt import SendOutcome
from tasks.council.ledger import stores
from tasks.council.run import CouncilRun
from tasks.houses.admitted import sees_all
from tasks.receiving.imap import MailboxUnreachable, look_in
from tasks.sending.dispatch import unusable
from timeline.doctor.diagnosis import Diagnosis, Trouble, examined

_PATIENCE_SECONDS = 5.0
_OWN = "Correct its settings.yaml (docs/councils.md)."
_CORRECT = "Correct it (docs/settings.md)."
_TRUST = "Name a store with its authority in SSL_CERT_FILE (docs/operations.md)."
_START = "Start daymark up; where a proxy stands before it, let it pass /health."


def examine_reach(settings: Settings, *, at: datetime, has_memory: bool) -> Iterator[Diagnosis]:
    """Give the state of each channel, of the mailbox where there is one, and of the address of the pages.

    `has_memory`: the database can be used, and knows how the last test message by each channel went.
    """
    wrong = tuple(unusable(settings.ways().values()))
    yield examined("channels", _channels(settings, wrong, at, has_memory), seen=_named(settings))
    if settings.imap_host:
        yield examined("mailbox", _mailbox(settings), seen=f"{settings.imap_folder} can be read")
    if has_memory:
        yield from _own_reach(settings)
    yield examined("pages", _pages(settings), seen=f"{settings.base_url} answers")


def _own_reach(house: Settings) -> Iterator[Diagnosis]:
    """Examine what councils settle for themselves: their mail servers and mailboxes, and who sees which council."""
    councils, readable = [store.council for store in stores(house)], list[str]()
    for council in councils:
        try:
            own = of_council(house, council)
        except SettingsError as fault:
            yield examined(council, [Trouble(f"{fault}", _OWN)], seen="")
            continue
        readable.append(council)
        if own is not house:
            yield examined(council, _of_own(own, house), seen="what it settles for itself can be used")
    if len(councils) > 1 and house.identity_header:
        yield examined("councils", _unseen(house, readable), seen="each has somebody who may see it")


def _of_own(own: Settings, house: Settings) -> Iterator[Trouble]:
    for sentence in unusable(own.ways().values()):
        yield Trouble(sentence, _OWN)
    if own.mail_url != house.mail_url:
        yield from _mail_server(own)
    if own.imap_host and own.imap_host != house.imap_host:
        yield from _mailbox(own)
    if own.base_url != house.base_url:
        yield from _pages(own)


def _unseen(house: Settings, councils: list[str]) -> Iterator[Trouble]:
    if not sees_all(house) and (unseen := [council for council in councils if not administrators(house, council)]):
        yield Trouble(f"Nobody may see {', '.join(unseen)} on the pages.", "Name somebody (docs/councils.md).")


def _named(settings: Settings) -> str:
    ways = ", ".join(settings.ways())
    return f"{ways}: the mail is caught here" if settings.catches_mail else f"{ways}: usable"


def _channels(settings: Settings, wrong: tuple[str, ...], at: datetime, has_memory: bool) -> Iterator[Trouble]:
    for sentence in wrong:
        yield Trouble(sentence, _CORRECT)
    if not wrong:
        yield from _mail_server(settings)
        if has_memory:
            yield from _tried(settings, at)


def _mail_server(settings: Settings) -> Iterator[Trouble]:
    if settings.catches_mail:
        return
    receipt = try_out(settings.ways()[MAIL].url, account=for_sending(settings))
    if receipt and receipt.outcome is not SendOutcome.ACCEPTED:
        fault = f"No mail can be handed over ({receipt.stage}): {receipt.text.rstrip('.')}."
        yield Trouble(fault, "Look at DAYMARK_MAIL_URL, and try daymark mail test.")


def _tried(settings: Settings, at: datetime) -> Iterator[Trouble]:
    """Tell which channel failed when it was last tried on ourselves, or on the way to others."""
    for store in stores(settings):
        # A council whose settings are faulty has no channel, and is told by itself.
        with suppress(SettingsError):
            for channel in channels_seen(CouncilRun(store, settings, at)):
                if channel.works is False:
                    yield Trouble(f"{channel.name}: {channel.told}", "Look at its words in DAYMARK_CHANNELS.")


def _mailbox(settings: Settings) -> Iterator[Trouble]:
    try:
        look_in(settings)
    except MailboxUnreachable as fault:
        sentence, _, remedy = f"{fault}".rpartition(": ")
        yield Trouble(f"{sentence}.", f"{remedy[:1].upper()}{remedy[1:]}")


def _pages(settings: Settings) -> Iterator[Trouble]:
    url = f"{settings.base_url.rstrip('/')}/health"
    try:
        answer = httpx.get(url, timeout=_PATIENCE_SECONDS, follow_redirects=False)
        status = answer.json()["status"]
    except httpx.HTTPError as fault:
        if "CERTIFICATE_VERIFY_FAILED" in str(fault):
            yield Trouble(f"{url} shows a certificate that this machine does not trust.", _TRUST)
            return
        yield Trouble(f"{url} cannot be reached ({type(fault).__name__}): no link in a mail opens.", _START)
    except (ValueError, KeyError, TypeError):
        yield Trouble(f"{url} answers {answer.status_code}, and not as Daymark does.", _START)
    else:
        if status != "ok":
            yield Trouble(f"{url} says that an answer cannot be kept ({status}).", "See the part “database”.")
