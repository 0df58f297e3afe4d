"""`daymark people …`: the directory, and what is held about one person."""

import typer

from cli import personal_data


def register(app: typer.Typer) -> None:
    """Adds the group `daymark people` to the application."""
    people = typer.Typer(no_args_is_help=True, help="What is held about people.", rich_markup_mode=None)
    personal_data.add_to(people)
    app.add_typer(people, name="people")
