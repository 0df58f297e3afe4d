"""Test that Apprise sends by the plugin that it was given, and by no other."""

# Apprise declares what a plugin has to set as None, and leaves much untyped.
# mypy: disable-error-code="assignment, no-untyped-call"

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from apprise import NotifyBase

from tasks.channels.by_apprise import ASSET, notify_by


class Told(NotifyBase):
    """Hold what it was asked to send; `meanwhile` happens in the middle of it."""

    service_name = "Told"

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        super().__init__(asset=ASSET)
        self.texts: list[str] = []
        self._meanwhile = meanwhile

    def url(self, *_: Any, **__: Any) -> str:
        return "told://"

    def send(self, body: str, *_: Any, **__: Any) -> bool:
        self.texts.append(body)
        self._meanwhile()
        return True


def test_what_is_sent_in_the_middle_of_another_leaves_by_its_own_plugin_alone() -> None:
    inner = Told()
    outer = Told(lambda: notify_by(inner, text="inner", subject=""))
    notify_by(outer, text="outer", subject="")
    notify_by(third := Told(), text="third", subject="")
    assert (outer.texts, inner.texts, third.texts) == (["outer"], ["inner"], ["third"])


def test_what_is_sent_side_by_side_leaves_once_each() -> None:
    together = Barrier(4)
    plugins = [Told(together.wait) for _ in range(8)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda numbered: notify_by(numbered[1], text=str(numbered[0]), subject=""), enumerate(plugins)))
    assert [plugin.texts for plugin in plugins] == [[str(number)] for number in range(8)]
