"""Hold the one thing that is simulated: what carries a message to a server. Everything above it is the
product's own.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tasks.channels import apprise_url as plain
from tasks.channels.receipt import Receipt, SendOutcome, Stage
from tasks.channels.smtp import plugin as mail_channel
from tasks.sending import outbox
from tests.simulation import inbox
from tests.simulation.account import Letter, Told
from tests.simulation.answering import reactions
from tests.simulation.office import Handed
from tests.simulation.promises import STOPPED, Broken, ask
from tests.simulation.threads import OneAfterAnother
from tests.simulation.town import KEY

if TYPE_CHECKING:
    from tests.simulation.world import World


class Carrier:
    """Stand where a mail server and a text gateway stand, and asks of every letter whether it should leave."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._message: Any = None
        self._reacting: set[str] = set()
        self.broken: Broken | None = None
        self.beside: Callable[[], None] | None = None
        self.after_a_mail: Callable[[], None] | None = None

    def stand_in(self, patch: pytest.MonkeyPatch) -> None:
        """Stand in the place of the servers, and of the threads, which would run in any order."""
        dispatch: Callable[..., Any] = vars(outbox)["dispatch"]

        def carried(channel: Any, message: Any, person: Any, council: str, *given: Any) -> Any:
            if council != KEY:
                return Receipt(SendOutcome.ACCEPTED, Stage.DATA, 250, None, "", "")
            before, self._message = self._message, message
            try:
                receipt = dispatch(channel, message, person, council, *given)
            finally:
                self._message = before
            if self.broken:
                raise self.broken
            return receipt

        patch.setattr(outbox, "dispatch", carried)
        patch.setattr(outbox, "ThreadPoolExecutor", OneAfterAnother)
        patch.setattr(mail_channel, "deliver", lambda _route, mail, content, _limit: self._mail(mail, content))
        patch.setattr(plain, "send", lambda _url, parcel, **_: self._text(parcel))

    def _mail(self, mail: Any, content: bytes) -> Any:
        handed = self._world.office.mail(self._message.deliver_to, mail.message_id, at=self._world.now)
        text = mail.text.replace("\r\n", "\n")
        back = (mail.reply_to, mail.envelope_from)
        return self._hands_over(handed, "mail", mail.message_id, content, text, back)

    def _text(self, parcel: Any) -> Any:
        handed = self._world.office.text(self._message.deliver_to, parcel.key, at=self._world.now)
        return self._hands_over(handed, "sms", parcel.key, parcel.text.encode(), parcel.text)

    def _hands_over(
        self, handed: Handed, channel: str, id_: str, content: bytes, text: str, back: tuple[str, str] = ("", "")
    ) -> Any:
        message = self._message
        if handed.receipt.outcome.value in ("unreachable", "refused"):
            self._turned_away(message, handed)
            return handed.receipt
        letter = Letter(
            at=self._world.clock.now,
            composed_at=message.composed_at,
            person=message.deliver_to,
            channel=channel,
            kind=message.kind,
            message=message.key,
            message_id=id_,
            content=content,
            subject=message.subject,
            text=text,
            told=self._told(message.prompts, message.deliver_to),
            refs=_behind_links(message),
            outcome=handed.receipt.outcome.value,
            arrives_at=handed.arrives_at,
            repeats=bool(self._world.account.by_message[message.key]),
            reply_to=back[0],
            envelope_from=back[1],
            ahead=self._world.clock.is_ahead,
        )
        self._leaves(letter, handed)
        return handed.receipt

    def _leaves(self, letter: Letter, handed: Handed) -> None:
        world, again = self._world, " again" if letter.repeats else ""
        world.say(f"{letter.person} is sent “{letter.subject}” ({letter.outcome}){again}.")
        try:
            if world.silence.stopped:
                raise Broken(STOPPED, f"{letter.person} is sent “{letter.subject}” after all sending was stopped.")
            ask(letter, world.scene())
        except Broken as broken:
            # Apprise takes whatever a plugin raises for "not sent".
            self.broken = self.broken or broken
        world.account.keep(letter)
        self._arrives(letter, handed)
        if self.after_a_mail:
            self.after_a_mail()
        if self.beside:
            beside, self.beside = self.beside, None
            world.say("Before it is written down, a second worker delivers too.")
            beside()

    def _turned_away(self, message: Any, handed: Handed) -> None:
        self._world.say(f"A mail to {message.deliver_to} is not taken ({handed.receipt.outcome.value}).")
        if handed.receipt.gone:
            for letter in self._world.account.by_message[message.key]:
                letter.bounced = True

    def _arrives(self, letter: Letter, handed: Handed) -> None:
        world = self._world
        if handed.comes_back_at:
            world.at(handed.comes_back_at, lambda: inbox.comes_back(world, letter))
        for reaction in reactions(world.script.seed, letter):
            if reaction.id not in self._reacting and world.script.is_given(reaction.id):
                self._reacting.add(reaction.id)
                world.at(reaction.at, lambda each=reaction: inbox.reacts(world, each))  # type: ignore[misc]

    def _told(self, prompts: tuple[int, ...], to: str) -> tuple[Told, ...]:
        """Give the keys of a message's prompts, straight from their rows."""
        columns = "milestone, due_on, rung, person, repeat, kind, tried"
        ids = ", ".join(map(str, prompts)) or "NULL"
        rows = self._world.machine.rows(f"SELECT {columns} FROM prompt WHERE id IN ({ids}) ORDER BY id")  # noqa: S608
        return tuple(
            Told(ref, date.fromisoformat(due_on), rung, person, repeat, kind, tried != "[]" or _in_place(person, to))
            for ref, due_on, rung, person, repeat, kind, tried in rows
        )


def _in_place(person: str, to: str) -> bool:
    """Tell whether it goes to a deputy, because nothing reaches the person."""
    return person != to and not person.startswith("shadow/")


def _behind_links(message: Any) -> tuple[str, ...]:
    """Give the tasks behind a message's links, in the order of its numbers; the first token is the one of a reply."""
    links = message.tokens[1:] if len(message.tokens) > 1 else message.tokens
    return tuple(of.milestone for of in links if of.milestone)
