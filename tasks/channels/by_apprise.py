"""Hand a message to a plugin of ours through Apprise, which knows our channels by their URLs as any other."""

from threading import local

from apprise import Apprise, AppriseAsset, NotifyBase

ASSET = AppriseAsset(async_mode=False)
NOT_PASSED_ON = "Apprise did not pass the message on: is the plugin disabled here?"
"""Apprise keeps a disabled plugin (APPRISE_DENY_SERVICES) from sending, and such a plugin has no receipt afterwards."""


class _Kept(local):
    """Hold an Apprise for each thread: it asks the disk for its languages when it is made, a twentieth of a mail."""

    def __init__(self) -> None:
        self.apprise = Apprise(asset=ASSET)


_kept = _Kept()


def notify_by(plugin: NotifyBase, *, text: str, subject: str) -> None:
    """Have Apprise send by this plugin alone; Apprise refuses an empty text."""
    apprise = _kept.apprise
    apprise.add(plugin)
    try:
        apprise.notify(body=text or "-", title=subject)
    finally:
        apprise.clear()
