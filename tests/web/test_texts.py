"""Test the catalogue: every text that a page shows stands in it, and a second language is one more file."""

import re
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from config.rendering import texts
from config.rendering.templates import TEMPLATES
from config.settings import ROOT
from config.timeline_files import plain_yaml
from config.timeline_files.faults import BadInput
from tests.web.conftest import Mails, page_settings
from tests.web.fakes import MemoryDoor, MemoryReviews
from tests.web.views import DONE, DRAFT, LISTS, MESSAGE, MINE, NOTHING, OPEN, RUN_OUT, VIEWS
from timeline.answers.responses import Answer
from timeline.definitions.standing import Certainty, RuleKind, Standing
from timeline.letters.page_views import DeadLink
from web.app import create_app

ENGLISH = {
    f"{page}.{name}": text
    for page, named in plain_yaml.read(texts.FOLDER / "en.yaml").items()
    for name, text in named.items()
}
SOURCES = [*sorted((TEMPLATES / "pages").glob("*.jinja")), *sorted((ROOT / "web").rglob("*.py"))]
_SHOWN = ("aria-label", "title", "alt", "placeholder", "value")
# The calendar and a rule's standing are worded in timeline/; the last is the name of the mails' sender.
_DATE = re.compile(r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b \d+ \w+( \d{4})?")
_STANDINGS = (Standing(kind, certainty).sentence for kind in RuleKind for certainty in Certainty)
_DATA = (*_STANDINGS, "Improvement programme")


# The file


def used() -> set[str]:
    """Tell whatever the pages' code names that could be a text's key."""
    pages = "|".join(sorted({key.partition(".")[0] for key in ENGLISH}))
    return {key for path in SOURCES for key in re.findall(rf'"((?:{pages})\.[a-z_]+)"', path.read_text())}


def test_no_text_is_missing_and_none_is_left_over() -> None:
    assert used() == set(ENGLISH)


def test_every_text_is_asked_for_by_its_whole_key() -> None:
    """Test that a key put together while a page is made would be missed by the test above."""
    for path in SOURCES:
        asked = re.findall(r"(?<![\w.])t\(([^\"][^,)]*)", path.read_text())
        assert set(asked) <= {"self", "_NAMES[name]"}, path.name


def test_a_text_that_is_not_there_is_an_error() -> None:
    with pytest.raises(texts.MissingText, match="nowhere"):
        texts.texts()("task.nowhere")


def test_a_language_borrows_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "cy.yaml").write_text("form:\n  done: Mae wedi'i wneud\n  self: Fi yw {name}\n")
    t = texts.texts("cy", folder=tmp_path)
    assert (t("form.done"), t("form.self", name="Sam"), t("form.help")) == (
        "Mae wedi'i wneud",
        "Fi yw Sam",
        "I need help",
    )


def test_a_language_without_a_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"xx\.yaml: The file cannot be read"):
        texts.texts("xx", folder=tmp_path)


# The pages


class Shown(HTMLParser):
    """Tell what a page says, to the eye and to a screen reader; without what is data by its markup."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.language = ""
        self._data = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.language = given.get("lang") or self.language
        self._data += tag in ("pre", "code")
        if tag != "button" and given.get("type") != "radio":
            self.said += [given[name] or "" for name in _SHOWN if name in given]

    def handle_endtag(self, tag: str) -> None:
        self._data -= tag in ("pre", "code")

    def handle_data(self, data: str) -> None:
        if not self._data:
            self.said.append(data)


@pytest.fixture
def bracketed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a language in which every text stands in brackets."""
    by_page: dict[str, list[str]] = {}
    for key, text in ENGLISH.items():
        page, _, name = key.partition(".")
        by_page.setdefault(page, []).append(f"  {name}: {_quoted(text)}")
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "qps.yaml").write_text("".join(f"{page}:\n" + "\n".join(ones) + "\n" for page, ones in by_page.items()))
    (folder / "en.yaml").write_text((texts.FOLDER / "en.yaml").read_text())
    monkeypatch.setattr(texts, "FOLDER", folder)
    return "qps"


def _quoted(text: str) -> str:
    escaped = text.replace('"', '\\"')
    return f'"⟦{escaped}⟧"'


def muted(value: Any) -> Any:
    """Give the same view without a letter in it, so that every letter on the page is the page's own."""
    if isinstance(value, str) and type(value) is str:
        return value if value.startswith(("/", "http")) or re.fullmatch(r"\d{64}|mail|teams", value) else "0"
    if isinstance(value, tuple):
        made = [muted(each) for each in value]
        return type(value)(*made) if hasattr(value, "_fields") else tuple(made)
    if is_dataclass(value) and not isinstance(value, type | DeadLink):
        return replace(value, **{field.name: muted(getattr(value, field.name)) for field in fields(value)})
    return value


def unbracketed(page: str) -> list[str]:
    shown = Shown(page)
    assert shown.language == "qps"
    left = []
    for said in shown.said:
        before = ""
        while before != said:
            before, said = said, re.sub(r"⟦[^⟦⟧]*⟧", "", said)
        said = next((said.replace(each, "") for each in _DATA if each in said), said)
        left.append(re.sub(r"\S+@\S+", "", _DATE.sub("", said)))
    return [" ".join(each.split()) for each in left if re.search(r"[^\W\d_]", each)]


class QuietDoor(MemoryDoor):
    def answer(self, *given: Any, **named: Any) -> Any:
        return muted(super().answer(*given, **named))

    def open_briefing(self, *given: Any, **named: Any) -> Any:
        return muted(super().open_briefing(*given, **named))

    def settle_briefing(self, *given: Any, **named: Any) -> Any:
        return muted(super().settle_briefing(*given, **named))


def test_every_letter_of_every_page_comes_from_the_catalogue(bracketed: str, mails: Mails) -> None:
    for _ in range(51):
        mails.send("0", html="<p>0</p>")
    views = {token: muted(view) for token, view in VIEWS.items()}
    reasons = ("moved", "reassigned", "closed", "unknown", "expired")
    dead: dict[str, Any] = {letter * 16: DeadLink(reason) for letter, reason in zip("ghijk", reasons, strict=True)}  # type: ignore[arg-type]
    reviews = MemoryReviews([muted(review_item) for review_item in MemoryReviews().items])
    door = QuietDoor(views | dead, lists={token: muted(each) for token, each in LISTS.items()})
    quiet = {"council_name": "0", "programme_name": "0", "language": bracketed, "base_url": "http://localhost"}
    app = create_app(door, page_settings(mails.folder, **quiet), reviews)
    client = TestClient(
        app, base_url="http://localhost", client=("127.0.0.1", 1), raise_server_exceptions=False, follow_redirects=False
    )
    shown = [f"/r/{token}" for token in (OPEN, DONE, MESSAGE, *dead)]
    shown += [f"/mine/{token}" for token in (MINE, NOTHING, RUN_OUT)]
    shown += ["/mine", f"/mine/{MINE}/briefing/{DRAFT.ref}", f"/mine/{RUN_OUT}/briefing/{DRAFT.ref}"]
    shown += ["/", "/nowhere", "/review", "/review?dealt=yes", "/review?dealt=no"]
    shown += ["/mail", "/mail?page=2", "/mail/00000001"]
    pages = {path: client.get(path).text for path in shown}
    wrong = {"answer": "delegated", "who": "other", "delegated_text": "0" * 2001}
    forms = [{}, wrong, {"answer": "done"}, {"answer": "delegated", "delegate": "0"}]
    forms += [{"answer": answer.value, "who": "self", "evidence": "0", "delegate": "0@0"} for answer in Answer]
    pages |= {f"POST {form}": client.post(f"/r/{OPEN}", data=form).text for form in forms}
    pages |= {"413": client.post(f"/r/{OPEN}", content=b"x" * 70_000).text}
    pages |= {"asked": client.post(f"/r/{OPEN}/mine").text, "403": client.post(f"/review/{'1' * 64}").text}
    pages |= {
        f"POST {form}": client.post(f"/mine/{MINE}/briefing/{DRAFT.ref}", data=form).text
        for form in [{}, {"choice": "release"}]
    }
    pages |= {"POST /mine": client.post("/mine", data={"address": "0"}).text}
    pages |= {"POST an address": client.post("/mine", data={"address": "0@0"}).text}
    door.views = {}
    door.open_link = None  # type: ignore[assignment,method-assign]
    pages |= {"500": client.get(f"/r/{OPEN}").text}
    assert {path: given for path, page in pages.items() if (given := unbracketed(page))} == {}


def test_the_checker_finds_a_text_of_a_templates_own() -> None:
    page = '<html lang="qps"><h1>⟦All ⟦0⟧⟧</h1><a aria-label="Back">⟦x⟧</a><p>Sent 0</p><pre>data</pre></html>'
    assert unbracketed(page) == ["Back", "Sent 0"]
