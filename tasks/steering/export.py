"""Gather every record of the programme, and the tasks, as tables for a spreadsheet."""

from datetime import date, datetime

from config.settings import Settings
from models.store import Store
from tasks.reports.make import NoReport
from tasks.steering.tasks import lines
from timeline.programme.programme import Programme
from timeline.programme.sheets.tables import Table, plan_table, tables
from timeline.steering.task_lines import KEYS

_PERSON = "owner"
"""An export is passed on: it names posts, and no person."""


def programme(store: Store, *, at: datetime) -> Programme:
    """Read the programme with what was added to its records since. Raise NoReport."""
    known = store.programmes.known(at=at)
    if known is None:
        expected = "run daymark apply with NAME.programme.yaml beside it"
        raise NoReport(f"No programme of {store.council} is stored: {expected}.")
    return known.programme


def exported(store: Store, settings: Settings, stated: Programme, *, at: datetime) -> tuple[Table, ...]:
    """Give the action plan as people know it, every record, and the tasks as lists show them."""
    directory = store.definitions.timeline(settings.working_hours).directory
    posts = {key: post.title for key, post in directory.posts.items()}
    columns = tuple(key for key in KEYS if key != _PERSON)
    objects = [line.as_object() for line in lines(store, settings, at=at)]
    rows = tuple(tuple(_cell(each[column]) for column in columns) for each in objects)
    return plan_table(stated, posts), *tables(stated), Table("tasks", columns, rows)


def _cell(value: object) -> str | date | None:
    return value if value is None or isinstance(value, date) else str(value)
