"""Tell how many replies a second are read from a mailbox and recorded, beside a bare fetch of the same mails.

`python -m tests.benchmarks.bench_replies [REPLIES]` (400 by default). A real Dovecot holds the mails twice. Ours reads
each, records its answer with the audit event and the receipt, commits, and moves it; the peer fetches each and looks at
its subject. The seconds are those of this process's processor, weighed against a known piece of work.
"""

import sys
from collections.abc import Sequence
from statistics import median

from imap_tools import MailBoxUnencrypted
from pydantic import SecretStr

from tasks.council.tokens import derive, token_hash
from tasks.receiving.imap import read_mailbox
from tests.benchmarks.aims import Figure, tell
from tests.benchmarks.bench_pages import links_to
from tests.benchmarks.houses import folder
from tests.harness import World
from tests.support import parts
from tests.support.costs import weigh
from tests.tasks.dovecot import PASSWORD, Dovecot, dovecot
from tests.tasks.replying import AUTHSERV, replying
from timeline.delivery.messages import TokenKind

ROUNDS = 4  # both take turns, so that a busy moment of the machine slows both
QUOTE = "\r\n".join(f"> line {n} of what we had written to them, as it was" for n in range(40))


def replies(world: World, count: int) -> list[bytes]:
    """Give the first answer to each task acknowledges it, the others ask for help in words of their own."""
    tokens = list(links_to(world))
    return [_reply(world, tokens[n % len(tokens)], n, first=n < len(tokens)) for n in range(count)]


def _reply(world: World, link: str, n: int, *, first: bool) -> bytes:
    claims = world.store.outbox.token(token_hash(link))
    assert claims is not None
    answers = claims.as_kind(TokenKind.REPLY)
    token = derive(world.settings.secret(), world.store.council, answers)
    world.store.outbox.keep_tokens({token_hash(token): answers}, at=world.now)
    address = world.timeline.directory.people[claims.person].address
    local, domain = world.settings.mail_address.split("@")
    head = (
        f"Return-Path: <{address}>",
        f"Authentication-Results: {AUTHSERV}; dmarc=pass header.from={address.partition('@')[2]}",
        f"From: Somebody <{address}>",
        f"To: {local}+{token}@{domain}",
        "Subject: Re: Improvement programme: a task",
        f"Message-ID: <{n}@medway.example>",
        "Content-Type: text/plain; charset=utf-8",
    )
    words = "ack" if first else f"help\r\nTwo people short, {n}"
    return "\r\n".join((*head, "", words, "", "On Wed, 28 Aug 2019 at 08:30, we wrote:", QUOTE, "")).encode()


def ours(world: World, server: Dovecot, mails: Sequence[bytes]) -> float:
    user = server.user()
    server.put(user, *mails)
    world.settings = world.settings.model_copy(update={"imap_user": user})

    def take() -> None:
        done = read_mailbox(world.settings, at=world.now)
        assert dict(done.numbers()) == {"recorded": len(mails)}

    taken = weigh(take).weighed
    assert server.count(user, "Daymark") == len(mails)
    return taken


def bare(server: Dovecot, mails: Sequence[bytes]) -> float:
    user = server.user()
    server.put(user, *mails)

    def fetch() -> None:
        with MailBoxUnencrypted("127.0.0.1", server.port).login(user, PASSWORD) as box:
            given = [mail_message.subject for mail_message in box.fetch(mark_seen=False, bulk=True)]
        assert len(given) == len(mails)

    return weigh(fetch).weighed


def main(count: int) -> None:
    parts.require("dovecot")
    with dovecot() as server, folder() as home, replying(World(home / "house")) as world:
        mailbox = {"imap_host": "127.0.0.1", "imap_port": server.port, "imap_tls": False}
        replying(world, **mailbox, imap_password=SecretStr(PASSWORD))
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.decide()
        mails = replies(world, count)
        by_us, by_them = [], []
        for turn in range(ROUNDS):
            by_us.append(ours(world, server, mails[turn::ROUNDS]))
            by_them.append(bare(server, mails[turn::ROUNDS]))
        recorded = sum(audit_event.what == "message recorded" for audit_event in world.store.audit.events())
        assert recorded == count, recorded
    # The first round fills the caches.
    rate, bare_rate = (count / ROUNDS / median(rounds[1:]) for rounds in (by_us, by_them))
    tell("Replies from a mailbox, on SQLite", [Figure("replies", rate, f"{bare_rate:,.0f} fetched and parsed")])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
