"""Keep the review list: what came in and was held, for whom and about what; take it off the list."""

import shlex
from collections.abc import Iterator
from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.council.each import readable
from tasks.council.ledger import stores
from timeline.answers.inbound import Inbound
from timeline.answers.responses import Answer
from timeline.calendar.london import in_london
from timeline.definitions.council import CouncilTimeline
from timeline.definitions.people import Directory
from timeline.letters.page_views import ReviewItem

_COMMANDS = {
    Answer.ACKNOWLEDGED: ("ack", ""),
    Answer.DONE: ("done", " --evidence URL"),
    Answer.HELP: ("help", ""),
    Answer.DECLINED: ("decline", ""),
    Answer.DELEGATED: ("delegate", " --to ADDRESS"),
    Answer.CONFIRMED: ("confirm", ""),
    Answer.RETURNED: ("confirm", " --not-done --text TEXT"),
}


class Reviews:
    """Hold the review lists of every council in the database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def held(self) -> tuple[ReviewItem, ...]:
        """List what is held, the oldest first; changes nothing."""
        items = (item for store, timeline in readable(self._settings) for item in self._of(store, timeline))
        return tuple(sorted(items, key=lambda item: item.received_at))

    def close(self, id_: str, *, at: datetime, who: str, erase: bool) -> bool:
        """Take an item off the list, and its words out of the store where asked; False when it is not on the list.

        Raises OnHold when words were to go and a legal hold keeps them.
        """
        return any(store.inbound.close(id_, at=at, who=who, erase=erase) for store in stores(self._settings))

    def _of(self, store: Store, timeline: CouncilTimeline) -> Iterator[ReviewItem]:
        for inbound in store.inbound.held():
            yield _item(store, timeline.council.name, timeline.directory, inbound)


def _item(store: Store, council_name: str, directory: Directory, inbound: Inbound) -> ReviewItem:
    received_at = in_london(inbound.received_at)
    person = directory.people.get(inbound.person)
    posts = directory.posts_of(inbound.person, on=received_at.date()) if person else ()
    stored = store.plan.milestone(inbound.milestone) if inbound.milestone else None
    return ReviewItem(
        id=inbound.id,
        via=inbound.via,
        received_at=received_at,
        council_name=council_name,
        why=inbound.why,
        person_name=person.name if person else "",
        post_title=directory.posts[posts[0]].title if posts else "",
        task_title=f"{stored.milestone.title} ({inbound.milestone})" if stored else "",
        asks=inbound.asks,
        sender=inbound.sender,
        text=inbound.text,
        held_back=inbound.held_back,
        command=_command(directory, inbound),
    )


def _command(directory: Directory, inbound: Inbound) -> str:
    """Write the command that records the answer in place of the person asked.

    Addresses come from the directory alone: what a stranger typed is not to be pasted into a shell.
    """
    person, by = directory.people.get(inbound.person), directory.people.get(inbound.by)
    if person is None or inbound.asks is None or inbound.asks not in _COMMANDS or not inbound.milestone:
        return ""
    name, more = _COMMANDS[inbound.asks]
    who = shlex.quote(by.address) if by else "ADDRESS"
    return f"daymark {name} {inbound.milestone} --as {who} --for {shlex.quote(person.address)}{more}"
