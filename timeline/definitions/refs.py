"""Read references: "action-plan/1" names the first occurrence of a duty, "action-plan/1/draft" one of its tasks."""


def occurrence_ref(duty: str, number: int) -> str:
    """Give the reference of an occurrence of the duty with that key."""
    return f"{duty}/{number}"


def task_ref(duty: str, number: int, task: str) -> str:
    """Give the reference of a task of an occurrence."""
    return f"{occurrence_ref(duty, number)}/{task}"


def is_task(ref: str) -> bool:
    """Tell whether a reference names a task, not a whole occurrence."""
    return ref.count("/") == 2


def duty_of(ref: str) -> str:
    """Give the key of the duty that an occurrence or a task belongs to."""
    return ref.partition("/")[0]


def occurrence_of(ref: str) -> str:
    """Give the reference of the occurrence that a task belongs to; an occurrence's own reference as it is."""
    return "/".join(ref.split("/")[:2])


def number_of(occurrence: str) -> int | None:
    """Give the number of an occurrence; None when the text is no reference of an occurrence."""
    number = occurrence.partition("/")[2]
    return int(number) if number.isdecimal() else None
