"""Publish each council's overview once a day: picture, numbers, legal dates, what needs somebody, links."""

import base64
from datetime import datetime

from prefect.artifacts import acreate_markdown_artifact

from config.rendering.picture_svg import svg
from config.settings import Settings
from models.store import Store
from tasks.council.picture import picture_contents
from tasks.prefect_tasks.artifacts import artifact_key
from tasks.prefect_tasks.markdown import section
from timeline.picture.audience import Audience
from timeline.picture.layout import lay_out
from timeline.picture.paper import PAGE
from timeline.window.overview import Overview, overview

_PAGES = (
    ("/", "What needs somebody now"),
    ("/timeline", "The timeline"),
    ("/people", "People"),
    ("/assurance", "Assurance"),
    ("/review", "Replies to review"),
)
_HEAD = ("Date", "Duty", "What", "State", "Why", "Reference")


async def publish_overview(store: Store, settings: Settings, *, at: datetime) -> None:
    """Publish how the council stands, as a board may know it: everybody at Prefect has the same login."""
    contents = picture_contents(store, settings, Audience.ADMINISTRATORS, at=at)
    shown = overview(contents)
    await acreate_markdown_artifact(
        key=artifact_key("overview", store.definitions.timeline(settings.working_hours)),
        markdown=_markdown(shown, svg(lay_out(contents, PAGE)), settings.base_url),
        description=f"{shown.about}: {shown.headline}",
    )


def _markdown(shown: Overview, picture: str, base_url: str) -> str:
    # Prefect takes an <svg> out of markdown and leaves an image in it.
    image = base64.b64encode(picture.encode()).decode()
    parts = [
        f"# {shown.headline}",
        f"{shown.about}. {', '.join(f'{number} {name}' for name, number in shown.counts)}.",
        f"![{shown.headline}](data:image/svg+xml;base64,{image})",
        *section("Legal dates in the next four weeks", _HEAD, shown.law, "None."),
        *section("Red and amber", _HEAD, shown.pressing, "Nothing is red or amber."),
        f"And {shown.more} more on our pages." if shown.more else "",
        " · ".join(f"[{text}]({base_url}{path})" for path, text in _PAGES),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"
