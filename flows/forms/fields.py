"""Make the fields of the forms: `position` orders them in Prefect, `choices` names what is offered in a field."""

from typing import Any

from pydantic import Field

_LONGEST_CHOICE = 200
_LONGEST_REASON = 300


def choice(title: str, choices: str, *, position: int, default: Any = ...) -> Any:
    """Make a field in which something is chosen. It must be filled in where it has no default."""
    return Field(
        default,
        title=title,
        min_length=1 if default is ... else None,
        max_length=_LONGEST_CHOICE,
        json_schema_extra={"position": position, "choices": choices},
    )


def entry(title: str, *, position: int, default: Any = ...) -> Any:
    """Make a field for a day or a box. It must be filled in where it has no default."""
    return Field(default, title=title, json_schema_extra={"position": position})


def words(title: str, *, position: int, default: Any = ...) -> Any:
    """Make a field for a reason or a source in free words. It must be filled in where it has no default."""
    return Field(
        default,
        title=f"{title} (no names: Prefect keeps what is typed)",
        min_length=1 if default is ... else None,
        max_length=_LONGEST_REASON,
        json_schema_extra={"position": position},
    )
