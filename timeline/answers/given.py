"""Hold an answer as it was given, before it is judged."""

from dataclasses import dataclass

from timeline.answers.responses import Answer


@dataclass(frozen=True, kw_only=True)
class Given:
    """Hold an answer for `person` (a key of the directory).

    `answered_by` names another person who gave it, `by` is that person's key where it is known. `delegated_to` is the
    key of the person who is to do the task from now on.
    """

    person: str
    answer: Answer
    via: str
    evidence: str = ""
    text: str = ""
    answered_by: str = ""
    delegated_to: str = ""
    by: str = ""
