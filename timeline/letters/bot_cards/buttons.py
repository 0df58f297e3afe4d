"""Word buttons that answer inside a card: each is bound to the person, the task and its date by the task's token."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from timeline.answers.responses import Answer
from timeline.letters.bot_cards.parts import Part, octets, opening, plain
from timeline.replies.bot import Verb

# With more people to choose from, the card would not hold what it asks.
_LARGEST_PICKER = 8_000
_LONGEST_WORDS = 1_900
_IN_A_ROW = 3
_VERBS = {
    Answer.ACKNOWLEDGED: Verb.ACK,
    Answer.DONE: Verb.DONE,
    Answer.HELP: Verb.HELP,
    Answer.DECLINED: Verb.DECLINE,
    Answer.DELEGATED: Verb.DELEGATE,
    Answer.CONFIRMED: Verb.CONFIRM,
    Answer.RETURNED: Verb.RETURN,
    Answer.TAKEN_BACK: Verb.UNDO,
}
ANSWERS = {verb: answer for answer, verb in _VERBS.items()}
"""The answers that buttons record, by verb."""
LABELS = {
    Answer.ACKNOWLEDGED: "I have this",
    Answer.DONE: "It is done",
    Answer.HELP: "I need help",
    Answer.DECLINED: "Not mine",
    Answer.DELEGATED: "Somebody else",
    Answer.CONFIRMED: "I confirm it",
    Answer.RETURNED: "It is not done yet",
    Answer.TAKEN_BACK: "Undo",
}
EVIDENCE, WORDS, PERSON = "evidence", "words", "person"
"""The names of the inputs; a number follows, so that none stands twice in a card."""


class Choice(NamedTuple):
    """Hold a person of the directory who can be asked instead: the key, and the words that are shown."""

    person: str
    shown: str


class _Form(NamedTuple):
    """Hold a question that opens under a button, and the button that sends it; `needed` when nothing may not be
    sent.
    """

    name: str
    label: str
    needed: bool
    sends: str


_FORMS = {
    Answer.DONE: _Form(EVIDENCE, "A link, or a reference, that shows it is done", True, "Record it as done"),
    Answer.HELP: _Form(WORDS, "What would help? (No child's or family's name, please.)", False, "Ask for help"),
    Answer.DECLINED: _Form(WORDS, "Whose is it, if you know?", False, "Say that it is not mine"),
    Answer.DELEGATED: _Form(PERSON, "Who will do this?", True, "Pass it on"),
    Answer.RETURNED: _Form(WORDS, "What is missing?", True, "Say that it is not done yet"),
}


@dataclass(frozen=True, kw_only=True)
class Bound:
    """Hold the bindings of a task's buttons: its token, that of the message when it has several tasks, and its page."""

    token: str
    of: str = ""
    url: str = ""

    @property
    def data(self) -> Part:
        return {"token": self.token} | ({"of": self.of} if self.of else {})


def for_one(choices: Sequence[Answer], bound: Bound, others: Sequence[Choice] = ()) -> Iterator[Part]:
    """Build the buttons of a card about a task, in rows: a longer row is cut off in a narrow window."""
    actions = [_action(answer, bound, others, n) for n, answer in enumerate(choices)]
    for first in range(0, len(actions), _IN_A_ROW):
        yield {"type": "ActionSet", "actions": actions[first : first + _IN_A_ROW]}


def for_several(choices: Sequence[Answer], bound: Bound, number: str) -> Part:
    """Build two buttons for a task among several: the first answer, and the task by itself with all its answers."""
    first = _execute(_VERBS[choices[0]], f"{LABELS[choices[0]]}{number}", bound)
    return {"type": "ActionSet", "actions": [first, _execute(Verb.OPEN, f"Answer otherwise{number}", bound)]}


def back(bound: Bound) -> Part:
    """Build the button that shows again all tasks of the message."""
    return {"type": "ActionSet", "actions": [_execute(Verb.LOOK, "Show all of them", Bound(token="", of=bound.of))]}


def refreshed_by(bound: Bound) -> Part:
    """Let a program that shows the card again ask how things stand; that records nothing."""
    return {"refresh": {"action": _execute(Verb.LOOK, "Look again", bound)}}


def _action(answer: Answer, bound: Bound, others: Sequence[Choice], n: int) -> Part:
    form = _FORMS.get(answer)
    if form is None:
        return _execute(_VERBS[answer], LABELS[answer], bound)
    asked = list(_inputs(form, others, n))
    if not asked:
        return dict(opening((LABELS[answer], bound.url))["actions"][0])
    sends = _execute(_VERBS[answer], form.sends, bound) | {"associatedInputs": "auto"}
    sends["data"] = bound.data | {"input": str(n)}
    inside = {"type": "AdaptiveCard", "version": "1.5", "body": asked, "actions": [sends]}
    return {"type": "Action.ShowCard", "title": LABELS[answer], "card": inside}


def _inputs(form: _Form, others: Sequence[Choice], n: int) -> Iterator[Part]:
    """Build the input of a form; none when there are too many people, or nobody, to choose from."""
    asked: Part = {"id": f"{form.name}{n}", "label": form.label}
    if form.needed:
        asked |= {"isRequired": True, "errorMessage": "This is needed before it can be sent."}
    if form.name != PERSON:
        yield {"type": "Input.Text", **asked, "isMultiline": form.name == WORDS, "maxLength": _LONGEST_WORDS}
        return
    people = [{"title": plain(choice.shown, 120), "value": choice.person} for choice in others]
    picker = {"type": "Input.ChoiceSet", **asked, "style": "compact", "choices": people}
    if people and octets(picker) <= _LARGEST_PICKER:
        yield picker


def _execute(verb: Verb, title: str, bound: Bound) -> Part:
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": verb.value,
        "data": bound.data,
        "associatedInputs": "none",
    }
