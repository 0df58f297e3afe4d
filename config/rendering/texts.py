"""Read the texts of the pages: a file for each language under `config/texts/`, each text under its page and name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.timeline_files import plain_yaml

FOLDER = Path(__file__).parents[1] / "texts"
ENGLISH = "en"


class MissingText(LookupError):
    """Report a text that a page asks for and no catalogue has."""


@dataclass(frozen=True)
class Texts:
    """Hold the texts of a language by key, such as "task.when"; `texts("task.for", name=…)` fills in a text."""

    language: str
    by_key: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Fill in a text, not escaped, because a template escapes the whole. Raises MissingText."""
        if key not in self.by_key:
            raise MissingText(f"config/texts/{ENGLISH}.yaml has no text “{key}”.")
        return self.by_key[key].format(**values)


def texts(language: str = ENGLISH, *, folder: Path | None = None) -> Texts:
    """Read the catalogue of a language (a file `cy.yaml` for Welsh).

    Missing texts are in English, so that a page is whole while it is being translated. Raises BadInput when there is no
    such file.
    """
    return _read(language, folder or FOLDER)


@cache
def _read(language: str, folder: Path) -> Texts:
    own = _by_key(folder / f"{language}.yaml")
    return Texts(language, {**_by_key(FOLDER / f"{ENGLISH}.yaml"), **own})


def _by_key(path: Path) -> dict[str, str]:
    return {f"{page}.{name}": text for page, named in plain_yaml.read(path).items() for name, text in named.items()}
