"""Test channels whose URL cannot be used: said at the start, and what waits for them is not lost."""

from pathlib import Path

import pytest

from cli.main import run
from config.channels import channels
from config.settings import Settings, using
from tasks.channels.receipt import SendOutcome
from tasks.sending.dispatch import dispatch, unusable
from tests.harness import World

MAIL_URL = "daymarkmail://127.0.0.1:8425/?starttls=no"
SECRET = "s3cret"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (f"chat=daymarkteams:///{SECRET}", "DAYMARK_CHANNELS, “chat”: "),
        (f"text=govuknotify://fax/{SECRET}", "DAYMARK_CHANNELS, “text”: "),
        (f"wall=nonsense://{SECRET}", "DAYMARK_CHANNELS, “wall”: Apprise does not know what the URL begins with"),
    ],
)
def test_a_url_that_cannot_be_used_is_one_sentence_without_it(words: str, sentence: str) -> None:
    (said,) = unusable(channels(words, MAIL_URL).values())
    assert said.startswith(sentence)
    assert said.endswith(".")
    assert SECRET not in said


def test_what_can_be_used_is_not_spoken_of() -> None:
    words = "text=json://127.0.0.1/{phone} chat=daymarkteams://flow.example/1"
    assert list(unusable(channels(words, MAIL_URL).values())) == []


def test_up_ends_with_the_sentences_before_anything_starts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with using(Settings.given(home=tmp_path / "var", channels=f"wall=nonsense://{SECRET}")):
        assert run(["up"]) == 2
    assert capsys.readouterr().err.startswith("DAYMARK_CHANNELS, “wall”: ")
    assert not (tmp_path / "var").exists()


def test_what_waits_for_such_a_channel_is_not_refused_for_good(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.at("Tue 27 Aug 2019 07:00").apply()
        world.live("Wed 28 Aug 2019 08:30", "plo-panel")
        message = world.store.outbox.message(
            next(
                audit_event.ref for audit_event in world.store.audit.events() if audit_event.what == "message composed"
            )
        )
        person = next(iter(world.timeline.directory.people.values()))
        assert message is not None
        wrong = channels(f"wall=nonsense://{SECRET}", MAIL_URL)["wall"]
        receipt = dispatch(wrong, message, person, "medway", world.settings)
        assert (receipt.outcome, SECRET in receipt.text) == (SendOutcome.UNREACHABLE, False)
