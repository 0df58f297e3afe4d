"""Watch the clock: a jump is told at once, by the record, the next assurance and the heartbeat."""

from config.settings import Settings
from models.store import Store
from tasks import clock
from tasks.assurance.heartbeat import send_heartbeat
from tasks.council.clock_looks import jumped_since_the_last_look
from tasks.council.each import where_possible
from timeline.calendar.clock_jumps import why_set_back


def watch_clock(settings: Settings) -> tuple[str, ...]:
    """Compare the clock with what this machine and each council's record say, and tell what does not fit.

    A jump makes the council's next assurance red. The outside monitor hears of it now: a clock that is wrong may put
    that assurance off.
    """
    if clock.is_moved():
        return ()
    at, told = clock.now(), list[str]()
    jumped = jumped_since_the_last_look(settings.home, at=at, keep=True)

    def tell(store: Store) -> None:
        if why := jumped or why_set_back(store.audit.newest_at(), at=at):
            told.append(why)
            store.audit.clock_jumped(why, at=at)

    # Every flow begins with this: a council that cannot be read or written must not end it for the others.
    where_possible(settings, tell)
    if told:
        send_heartbeat(settings, good=False)
    return tuple(told)
