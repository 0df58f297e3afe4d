"""Open every secure link for the pages, and take what is answered through it."""

from contextlib import suppress
from datetime import date, datetime

from config.settings import Settings
from models.store import Store
from tasks.changes.absences import Speaker, end_named
from tasks.council.each import CouncilsFailed, for_each
from tasks.council.tokens import derive
from tasks.director.briefings import shown
from tasks.director.release import Settling, settle
from tasks.links.link_target import find_page, find_task, task_behind
from tasks.links.my_tasks import open_list, send_link, send_link_to, whose_list
from tasks.links.opened_link import OpenedTask
from tasks.links.own_actions import own_action, say_of_action
from tasks.sending.deliver import send_outbox
from timeline.answers.inbound import Inbound
from timeline.definitions.people import Person
from timeline.delivery.messages import TokenClaims
from timeline.director.briefings import BriefingState
from timeline.letters.own_actions import OwnActionView, SaidOfAction
from timeline.letters.page_views import (
    DeadLink,
    DraftView,
    MessageTask,
    MessageView,
    MineView,
    Recorded,
    Reply,
    TaskView,
)
from timeline.letters.phrases import shown_as
from timeline.letters.reminder import due_phrase
from timeline.planning.endings.council_end import told_behind_link


class Links:
    """Hold the links of every council in the database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def opened(self, token: str, *, at: datetime) -> OpenedTask | MessageView | DeadLink:
        """Open the link: gather once what is shown and what an answer is judged on; changes nothing."""
        target = find_task(self._settings, token)
        if target is None:
            return DeadLink("unknown")
        store, linked = target
        if not linked.claims.milestone:
            return self._message(store, linked.claims, at)
        return OpenedTask(store, self._settings, linked, at)

    def open_link(self, token: str, *, at: datetime) -> TaskView | MessageView | DeadLink:
        """Give what stands behind the link at that instant; changes nothing."""
        opened = self.opened(token, at=at)
        return opened.view if isinstance(opened, OpenedTask) else opened

    def answer(
        self, token: str, reply: Reply, *, at: datetime, via: str = "page", inbound: Inbound | None = None
    ) -> Recorded | DeadLink:
        """Record the reply once, however often it is sent. Raises AnswerRefused with a sentence for people.

        `inbound` is the message that brought it, if it is no page: AlreadyReceived tells that it came before.
        """
        opened = self.opened(token, at=at)
        return opened.answer(reply, via=via, inbound=inbound) if isinstance(opened, OpenedTask) else DeadLink("unknown")

    def ask_for_tasks(self, token: str, *, at: datetime) -> TaskView | MessageView | DeadLink:
        """Write the mail that opens the list of all tasks, to the person of this link only, and give what the link
        shows.
        """
        view = self.open_link(token, at=at)
        target = find_page(self._settings, token)
        if target and not isinstance(view, DeadLink):
            store, claims = target
            send_link(store, self._settings, claims.reader, at=at)
        return view

    def ask_at(self, address: str, *, at: datetime) -> None:
        """Write the same mail to the person of that address, in each council that knows it, and let it leave."""
        # A council that cannot be read is in the log, and is no fault of the person who asks.
        with suppress(CouncilsFailed):
            for_each(self._settings, lambda store: send_link_to(store, self._settings, address, at=at))
        self.send_waiting(at=at)

    def send_waiting(self, *, at: datetime) -> None:
        """Send what was written for a page, without waiting for the next run of `notify`."""
        with suppress(CouncilsFailed):
            for_each(self._settings, lambda store: send_outbox(store, self._settings, at=at))

    def open_tasks(self, token: str, *, at: datetime) -> MineView | DeadLink:
        """Give all tasks of the person to whom this link was sent; changes nothing."""
        target = find_page(self._settings, token)
        return open_list(target[0], self._settings, target[1], at=at) if target else DeadLink("unknown")

    def end_absence(self, token: str, named: str, last_on: date | None, *, at: datetime) -> DeadLink | None:
        """State the last day of an absence of the person whose list this link opens; None means back today. Raises
        Refused.
        """
        opened = self._whose_list(token, at)
        if isinstance(opened, DeadLink):
            return opened
        store, person = opened
        by = Speaker(via="page", person=person.key)
        end_named(store, self._settings, person.key, named, last_on, by=by, at=at)
        return None

    def open_action(self, token: str, key: str, *, at: datetime) -> OwnActionView | DeadLink:
        """Show an action of the plan to its owner, whose list this opens; changes nothing. Raises UpdateRefused."""
        opened = self._whose_list(token, at)
        if isinstance(opened, DeadLink):
            return opened
        return own_action(opened[0], self._settings, opened[1], key, at=at)

    def update_action(self, token: str, key: str, said: SaidOfAction, *, at: datetime) -> DeadLink | None:
        """Add what its owner says of an action, once. Raises UpdateRefused."""
        opened = self._whose_list(token, at)
        if isinstance(opened, DeadLink):
            return opened
        say_of_action(opened[0], self._settings, opened[1], key, said, at=at)
        return None

    def open_briefing(self, token: str, ref: str, *, at: datetime) -> DraftView | DeadLink:
        """Show a draft for the lead member to the person whose list this link opens; changes nothing. Raises
        AnswerRefused.
        """
        opened = self._whose_list(token, at)
        if isinstance(opened, DeadLink):
            return opened
        store, person = opened
        return shown(store, self._settings, person, ref, at=at)

    def settle_briefing(
        self, token: str, ref: str, choice: BriefingState, seen: str, *, at: datetime
    ) -> Recorded | DeadLink:
        """Release or discard the draft, once. Raises AnswerRefused."""
        opened = self._whose_list(token, at)
        if isinstance(opened, DeadLink):
            return opened
        store, person = opened
        given = Settling(person=person.key, ref=ref, state=choice, via="page", seen=seen)
        return settle(store, self._settings, given, at=at)

    def _whose_list(self, token: str, at: datetime) -> tuple[Store, Person] | DeadLink:
        target = find_page(self._settings, token)
        if target is None:
            return DeadLink("unknown")
        store, claims = target
        person = whose_list(store, self._settings, claims, at=at)
        return person if isinstance(person, DeadLink) else (store, person)

    def _message(self, store: Store, claims: TokenClaims, at: datetime) -> MessageView | DeadLink:
        """Give the tasks of a mail, without those whose links have died meanwhile."""
        message = store.outbox.message(claims.message)
        timeline = store.definitions.timeline(self._settings.working_hours)
        if message is None or claims.reader not in timeline.directory.people:
            return DeadLink("unknown")
        if ended := told_behind_link(timeline, at=at):
            return DeadLink("ended", ended)
        tasks = []
        dead = DeadLink("closed")
        for number, token_of in enumerate(message.tokens[1:], start=1):
            task = task_behind(store, self._settings, token_of, at=at)
            if isinstance(task, DeadLink):
                dead = task
            else:
                url = f"/r/{derive(self._settings.secret(), store.council, token_of)}"
                tasks.append(MessageTask(number, shown_as(task), due_phrase(task), url))
        if not tasks:
            return DeadLink(dead.reason)
        return MessageView(
            council_name=timeline.council.name,
            programme_name=timeline.council.programme,
            person_name=timeline.directory.people[claims.reader].name,
            tasks=tuple(tasks),
        )
