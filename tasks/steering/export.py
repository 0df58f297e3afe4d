"""Gather every record of the programme, and the tasks, as tables for a spreadsheet."""

from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.reports.make import NoReport
from tasks.steering.tasks import lines
from timeline.programme.programme import Programme
from timeline.programme.sheets.tables import Table, plan_table, tables
from timeline.steering.task_lines import task_table


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
    return plan_table(stated, posts), *tables(stated), task_table(lines(store, settings, at=at))
