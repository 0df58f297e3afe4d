"""The words of a message in the form of its channel: a mail, a card, the whole text, or a line or two."""

from typing import NamedTuple

from config.channels import Channel, Form
from config.layout import render
from timeline.cards import as_json, card, correction_card, neutral_lines
from timeline.correction_letter import CorrectionView
from timeline.people import Person
from timeline.short_texts import short_text
from timeline.views import MailView


class Words(NamedTuple):
    """`html` is the HTML of a mail, or the JSON of a card; empty for text alone."""

    text: str
    html: str


def words_of(view: MailView | CorrectionView, channel: Channel, person: Person) -> Words:
    """What is stored of a message. Where several read, neutral words: dates, and no links."""
    name = "correction" if isinstance(view, CorrectionView) else "reminder"
    if channel.form is Form.MAIL:
        return Words(render(f"mail/{name}.txt.jinja", mail=view), render(f"mail/{name}.html.jinja", mail=view))
    text = _in_a_room(view) if channel.several else _alone(name, view, channel)
    return Words(text, _card(view, channel, person) if channel.form is Form.CARD else "")


def _alone(name: str, view: MailView | CorrectionView, channel: Channel) -> str:
    if channel.form is Form.SHORT:
        return short_text(view)
    return render(f"mail/{name}.txt.jinja", mail=view)


def _card(view: MailView | CorrectionView, channel: Channel, person: Person) -> str:
    if isinstance(view, CorrectionView):
        return as_json(correction_card(view, several=channel.several, teams=person.teams))
    return as_json(card(view, several=channel.several, teams=person.teams))


def _in_a_room(view: MailView | CorrectionView) -> str:
    """Duties and coming dates, and nothing about anybody."""
    return "\n".join((f"{view.programme_name} – {view.council_name}", *(f"{line}." for line in neutral_lines(view))))
