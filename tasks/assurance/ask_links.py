"""Ask the links of a council's programme whether they still answer, once a week each, and keep what came back."""

from datetime import datetime

from config.settings import Settings
from models.store import Store
from tasks.addresses.ask import ask
from tasks.council.programme import told_programme
from timeline.programme.links import after, links, summed_up, to_ask


async def ask_links(store: Store, settings: Settings, *, at: datetime) -> str:
    """Ask those that are due; give a sentence, empty where the settings do not want it or nothing is due."""
    programme = told_programme(store, at=at) if settings.ask_links else None
    if programme is None:
        return ""
    known = store.programmes.link_states(link.address for link in links(programme))
    due = to_ask(programme, known, at=at)
    if not due:
        return ""
    answers = await ask(due)
    store.programmes.keep_link_states(after(known, answers, at=at))
    return f"Links of the programme. {summed_up(answers, not_asked=0)}"
