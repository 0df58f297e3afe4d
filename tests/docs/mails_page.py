"""Make docs/mails.md, and a picture of each kind of mail where a browser is: `python -m tests.docs.mails_page`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from config.settings import ROOT
from tests.docs.mails_kinds import kinds
from tests.docs.mails_told import Kind
from tests.support import parts

PAGE = ROOT / "docs/mails.md"
PICTURES = ROOT / "docs/mails"
DRAWN = PICTURES / "drawn.json"
"""The digest of the HTML that each picture was drawn from."""
WIDTH = 500
OPENING = """# Each kind of mail

This page shows what people get by mail, from the templates and the words of this version; the case is Medway's. It is
made by a command and held true by a test: `make docs` writes the texts, and draws the pictures where a browser is.

Each subject ends with a reference, by which an answer finds its task. Mails have two parts that say the same: the text
shown below, and the picture beside it.
"""


def page() -> str:
    """Give the whole page."""
    return "\n".join([OPENING, *(line for kind in kinds() for line in _section(kind))])


def _section(kind: Kind) -> Iterator[str]:
    yield from (f"## {kind.title}", "", kind.when, "")
    if kind.html:
        yield from (f"![{kind.title}](mails/{kind.name}.png)", "")
    yield from (f"Subject: `{kind.subject}`", "", "```text", kind.text.strip("\n"), "```", "")


def digests() -> Mapping[str, str]:
    """Give the digest of the HTML of each kind, by name."""
    return {kind.name: sha256(kind.html.encode()).hexdigest()[:16] for kind in kinds() if kind.html}


def draw(given: Sequence[Kind], chromium: Path) -> None:
    """Draw the kinds as a mail program of that width shows them."""
    from playwright.sync_api import sync_playwright  # not needed to write the texts

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        window = browser.new_page(viewport={"width": WIDTH, "height": 400}, device_scale_factor=0.8)
        for kind in given:
            window.set_content(kind.html)
            window.screenshot(path=PICTURES / f"{kind.name}.png", full_page=True)
        browser.close()


def main() -> None:
    """Write the page; draw what has changed since it was drawn, and remove what is no kind any more."""
    PAGE.write_text(page())
    now, drawn = digests(), json.loads(DRAWN.read_text()) if DRAWN.exists() else {}
    changed = [kind for kind in kinds() if kind.html and drawn.get(kind.name) != now[kind.name]]
    chromium = parts.find("chromium")
    if changed and chromium is None:
        print("No browser is here: the pictures of docs/mails are as they were.")  # noqa: T201 (a command's own words)
        return
    PICTURES.mkdir(exist_ok=True)
    for picture in PICTURES.glob("*.png"):
        if picture.stem not in now:
            picture.unlink()
    if changed and chromium:
        draw(changed, chromium)
        DRAWN.write_text(f"{json.dumps(dict(now), indent=1)}\n")


if __name__ == "__main__":
    main()
