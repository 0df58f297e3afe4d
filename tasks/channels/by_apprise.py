"""Hand a message to a plugin of ours through Apprise, which knows our channels by their URLs as any other."""

from collections import deque

from apprise import Apprise, AppriseAsset, NotifyBase

ASSET = AppriseAsset(async_mode=False)
NOT_PASSED_ON = "Apprise did not pass the message on: is the plugin disabled here?"
"""Apprise keeps a disabled plugin (APPRISE_DENY_SERVICES) from sending, and such a plugin has no receipt afterwards."""


_free = deque[Apprise]()
"""Those that nobody uses at the moment: each asks the disk for its languages when it is made, a twentieth of a mail."""


def notify_by(plugin: NotifyBase, *, text: str, subject: str) -> None:
    """Have Apprise send by this plugin alone; Apprise refuses an empty text."""
    try:
        apprise = _free.pop()
    except IndexError:
        apprise = Apprise(asset=ASSET)
    apprise.add(plugin)
    try:
        apprise.notify(body=text or "-", title=subject)
    finally:
        apprise.clear()
        _free.append(apprise)
