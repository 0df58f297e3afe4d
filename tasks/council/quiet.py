"""Read what keeps reminders from leaving now: a stop of all sending, and pauses."""

from datetime import datetime

from config.settings import Settings
from models.store import Store, councils, find_token, stopped_anywhere
from tasks.council.clock_looks import clock_sentences
from tasks.council.ledger import engine, stores
from tasks.council.tokens import token_hash
from tasks.processes.prefect_stops import prefect_stops
from timeline.calendar.london import london_date
from timeline.delivery.messages import TokenKind
from timeline.escalation.quiet import Quiet, brief, under_names


def quiet(store: Store, settings: Settings, *, at: datetime) -> Quiet:
    """Give what is stopped or paused at that instant, with the dates that fall into a pause; mostly nothing."""
    timeline, pauses = store.definitions.timeline(settings.working_hours), store.definitions.pauses_in_force()
    duties = frozenset(each.pause.obligation for each in pauses if each.pause.obligation)
    return Quiet(
        timeline=timeline,
        at=at,
        on=london_date(at),
        stopped=store.outbox.stopped(),
        pauses=pauses,
        occurrences=tuple(each for each in store.plan.occurrences() if each.obligation in duties) if duties else (),
        done=store.plan.done_refs(duties) if duties else (),
    )


class Quiets:
    """Hold the things to say first for every council on the pages: a clock that jumped, a stop, pauses."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def sentences(self, *, at: datetime) -> tuple[str, ...]:
        """Say it to administrators; of several councils each under its name."""
        of_each = [self._of(store, at) for store in stores(self._settings)]
        return (*prefect_stops(self._settings.home, at=at), *under_names(of_each))

    def brief(self, token: str) -> tuple[str, ...]:
        """Say that mails do not leave, to the reader of a token: of several councils only theirs counts."""
        database = engine(self._settings.database_url)
        stopped = stopped_anywhere(database)
        if stopped is None or len(councils(database)) == 1:
            return brief(stopped)
        made = find_token(database, token_hash(token), tuple(TokenKind))
        return brief(Store(database, made.council).outbox.stopped()) if made else ()

    def _of(self, store: Store, at: datetime) -> tuple[str, tuple[str, ...]]:
        """Give the council's name and what is to be said; of a council that cannot be read only the key is known."""
        try:
            now = quiet(store, self._settings, at=at)
            said = (*clock_sentences(store, self._settings, at=at), *now.without_embargoed)
        except Exception as trouble:
            # It must not take the pages of the others with it.
            why = f"This council cannot be read ({type(trouble).__name__}), nor whether it is stopped or paused."
            return store.council, (why,)
        return now.timeline.council.name, said
