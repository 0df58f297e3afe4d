"""Test messages to ourselves: sent once a day by each channel, brought back by our own mailbox, never an answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings, SettingsError, using
from tasks.assurance.probes import try_channels
from tasks.council.run import CouncilRun
from tasks.receiving.receive import handle
from tests.harness import World
from tests.tasks.smtp_servers import SmtpServer
from timeline.assurance import ChannelSeen


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with World(tmp_path) as world:
        world.apply()
        world.at("Wed 28 Aug 2019 08:45")
        yield world


def tried(world: World, **changes: object) -> dict[str, ChannelSeen]:
    settings = world.settings.model_copy(update=changes)
    return {
        channel_seen.name: channel_seen for channel_seen in try_channels(CouncilRun(world.store, settings, world.now))
    }


def test_what_our_mailbox_brings_back_is_recognised_before_anything_else(world: World) -> None:
    with SmtpServer() as server:
        ours = {"mail_url": server.url, "lmtp_port": 24}
        assert tried(world, **ours)["mail"].works is None
        (sent,) = server.mails
        # Whatever stands in it: it is no answer.
        raw = sent.content.replace(b"Nobody needs to do anything", b"ack")
        world.at("Wed 28 Aug 2019 08:48")
        result = handle(world.settings, raw, at=world.now)
        assert (result.kind, result.state, result.asks_for_help) == ("probe", "ignored", False)
        seen = tried(world, **ours)["mail"]
        assert (seen.told, seen.works) == ("It came back after 3 minutes.", True)
        assert len(server.mails) == 1
        assert world.waiting() == 0
        assert world.store.inbound.held() == ()


def test_what_does_not_come_back_by_the_next_day_makes_the_channel_dead(world: World) -> None:
    with SmtpServer() as server:
        ours = {"mail_url": server.url, "lmtp_port": 24}
        tried(world, **ours)
        world.at("Thu 29 Aug 2019 08:45")
        seen = tried(world, **ours)["mail"]
    assert seen.works is False
    assert seen.told == "What we sent ourselves on Wednesday 28 August 2019 did not come back."


def test_without_a_mailbox_nothing_is_claimed(world: World) -> None:
    with SmtpServer() as server:
        seen = tried(world, mail_url=server.url)["mail"]
    assert (seen.works, "not known" in seen.told) == (True, True)


def test_a_forged_probe_answers_nothing_and_proves_nothing(world: World) -> None:
    with SmtpServer() as server:
        tried(world, mail_url=server.url, lmtp_port=24)
        raw = server.mails[0].content
    token = raw.split(b"X-Daymark-Probe: ")[1][:16]
    result = handle(world.settings, raw.replace(token, b"a" * 16), at=world.now)
    assert (result.kind, result.state, result.new) == ("probe", "ignored", True)
    assert world.store.assurance.last_probes()["mail"].returned_at is None


def test_another_channel_is_tried_at_an_address_of_ours_and_never_at_an_officers(world: World) -> None:
    channels = {"channels": "chat=json://127.0.0.1:9/{address}", "probes": "chat=json://127.0.0.1:9/ours"}
    with using(world.settings.model_copy(update=channels)) as settings:
        seen = {
            channel_seen.name: channel_seen
            for channel_seen in try_channels(CouncilRun(world.store, settings, world.now))
        }
    assert seen["chat"].works is False
    assert seen["mail"].works is True
    unnamed = tried(world, channels="room=json://127.0.0.1:9/")["room"]
    assert (unnamed.works, "DAYMARK_PROBES" in unnamed.told) == (None, True)


def test_a_place_for_a_channel_that_is_not_there_is_refused() -> None:
    with pytest.raises(SettingsError, match="DAYMARK_PROBES tries “teams”"):
        Settings.given(probes="teams=json://127.0.0.1/")
