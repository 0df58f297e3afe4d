"""Have several steps share a transaction of a council, each in a savepoint of its own.

A batch of replies costs a single commit, turn and reach for the chain. A step that fails takes
back what is its own and nothing else; a process that is killed has written nothing of the batch.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from sqlalchemy import Engine

from models.store.base.noted import WatchedSession, read_anew
from models.store.base.turns import Transaction, end_turn, open_session, take_turn


class OtherCouncil(Exception):
    """Report a step on another council than that of the shared transaction: it is taken by itself."""


@dataclass
class Together:
    """Hold the transaction that steps share, begun by the first that writes."""

    engine: Engine
    tx: Transaction | None = None
    _is_sealed: bool = True
    _open: ExitStack = field(default_factory=ExitStack)

    def begin(self, council: str) -> Transaction:
        """Give the transaction, begun where there is none. Raise OtherCouncil."""
        if self.tx is None:
            session = self._open.enter_context(
                open_session(self.engine, "BEGIN IMMEDIATE", "READ COMMITTED", WatchedSession, council=council)
            )
            self._is_sealed = take_turn(session, council)
            self.tx = Transaction(session, council)
        if self.tx.council != council:
            raise OtherCouncil(council)
        return self.tx

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Take back what is done here where it raises, and nothing that was done before."""
        if self.tx is None:
            try:
                yield
            except BaseException as trouble:
                self.undo(trouble)
                raise
            return
        with savepoint(self.tx):
            yield

    def undo(self, trouble: BaseException) -> None:
        """Take everything back."""
        self.tx = None
        self._open.__exit__(type(trouble), trouble, trouble.__traceback__)
        self._open = ExitStack()

    def end(self) -> None:
        """Write the events and the seals of all steps, and commit."""
        if self.tx:
            end_turn(self.tx, is_sealed=self._is_sealed)
        self._open.close()


_SHARED: ContextVar[Together | None] = ContextVar("together", default=None)


@contextmanager
def together(engine: Engine) -> Iterator[Together]:
    """Have the steps of this context share a transaction; nothing of them is kept until it is left without a fault."""
    shared = Together(engine)
    token = _SHARED.set(shared)
    try:
        yield shared
        shared.end()
    except BaseException as trouble:
        shared.undo(trouble)
        raise
    finally:
        _SHARED.reset(token)


def shared_by(engine: Engine, council: str) -> Transaction | None:
    """Give the shared transaction for a step that reads, if it was begun for that council."""
    shared = _SHARED.get()
    tx = shared.tx if shared and shared.engine is engine else None
    return tx if tx and tx.council == council else None


def begun_for(engine: Engine, council: str) -> Transaction | None:
    """Give the shared transaction for a step that writes; None where steps share nothing. Raise OtherCouncil."""
    shared = _SHARED.get()
    return shared.begin(council) if shared and shared.engine is engine else None


@contextmanager
def savepoint(tx: Transaction) -> Iterator[None]:
    """Take back what is done here, and its events, where it raises."""
    session, happened = tx.session, len(tx.happened)
    nested = session.connection().begin_nested()
    try:
        yield
        session.flush()
    except BaseException:
        # Objects of the ORM would go on as if they had been written.
        session.expunge_all()
        nested.rollback()
        read_anew(session)
        del tx.happened[happened:]
        raise
    nested.commit()
    session.expunge_all()
