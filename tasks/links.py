"""The door behind every secure link, for the pages: what it shows, and what an answer through it does."""

from datetime import datetime
from threading import Thread

from config.settings import Settings
from models.store import Store
from tasks.answers import Given, record_response
from tasks.behind_links import find, task_behind
from tasks.tokens import derive
from tasks.wake import wake_notify
from timeline.letters import due_phrase
from timeline.messages import TokenOf
from timeline.responses import Answer
from timeline.task_page import task_view
from timeline.views import DeadLink, MessageTask, MessageView, Recorded, Reply, TaskView


class Links:
    """Opens links and takes answers, for every council in the database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def open_link(self, token: str, *, at: datetime) -> TaskView | MessageView | DeadLink:
        """What stands behind the link at that instant; changes nothing."""
        found = find(self._settings, token)
        if found is None:
            return DeadLink("unknown")
        store, of = found
        if of.message:
            return self._message(store, of, at)
        task = task_behind(store, self._settings, of, at=at)
        if isinstance(task, DeadLink):
            return task
        directory = task.timeline.directory
        title = directory.posts[task.milestone.owner].title
        return task_view(task, directory.people[of.person], post_title=title)

    def answer(self, token: str, reply: Reply, *, at: datetime) -> Recorded | DeadLink:
        """Records the reply once, however often it is sent. Raises AnswerRefused with a sentence for people."""
        found = find(self._settings, token)
        if found is None or found[1].message:
            return DeadLink("unknown")
        store, of = found
        task = task_behind(store, self._settings, of, at=at)
        if isinstance(task, DeadLink):
            return task
        given = Given(
            person=of.person,
            answer=reply.answer,
            via="page",
            evidence=reply.evidence,
            text=reply.text,
            answered_by=reply.answered_by if reply.answered_for else "",
        )
        recorded = record_response(store, self._settings, of.milestone, given, at=at)
        if reply.answer in (Answer.HELP, Answer.DECLINED) and not recorded.already:
            # Beside the page: whoever asks for help need not wait for Prefect to be reached.
            Thread(target=wake_notify, args=(self._settings,), daemon=True).start()
        return recorded

    def _message(self, store: Store, of: TokenOf, at: datetime) -> MessageView | DeadLink:
        """The tasks of one mail; those whose links have died meanwhile are left out."""
        message = store.message(of.message)
        timeline = store.timeline(self._settings.working_hours)
        if message is None or of.person not in timeline.directory.people:
            return DeadLink("unknown")
        tasks = []
        dead = DeadLink("closed")
        for number, token_of in enumerate(message.tokens[1:], start=1):
            task = task_behind(store, self._settings, token_of, at=at)
            if isinstance(task, DeadLink):
                dead = task
            else:
                url = f"/r/{derive(self._settings.secret(), store.council, token_of)}"
                tasks.append(MessageTask(number, task.milestone.title, due_phrase(task), url))
        if not tasks:
            return DeadLink(dead.reason)
        return MessageView(
            council_name=timeline.council.name,
            programme_name=timeline.council.programme,
            person_name=timeline.directory.people[of.person].name,
            tasks=tuple(tasks),
        )
