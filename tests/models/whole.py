"""Let the tasks of a council stand whole in their rows, as the version before wrote them."""

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from models.store import Store
from models.store.base.json_values import written
from models.store.base.stored_tasks import task_of, whole_tasks
from models.tables import MilestoneRow, SharedDefinitionRow


def stand_whole(store: Store) -> None:
    with Session(store.engine) as session:
        stored = session.exec(whole_tasks().where(col(MilestoneRow.council) == store.council)).all()
        for row, shared in stored:
            mine = col(MilestoneRow.council) == store.council, col(MilestoneRow.ref) == row.ref
            session.exec(update(MilestoneRow).where(*mine).values(definition=written(task_of(row, shared)), shared=""))
        session.exec(delete(SharedDefinitionRow).where(col(SharedDefinitionRow.council) == store.council))
        session.commit()


def texts(store: Store) -> dict[str, tuple[str, str]]:
    """Read what each row holds, by reference."""
    columns = select(MilestoneRow.ref, MilestoneRow.definition, MilestoneRow.shared)
    with Session(store.engine) as session:
        rows = session.exec(columns.where(col(MilestoneRow.council) == store.council))
        return {ref: (definition, shared) for ref, definition, shared in rows}
