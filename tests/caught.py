"""Look at the mails that the catcher caught since the clock of a story was moved."""

from tasks.catcher.catcher import Catcher
from tasks.catcher.mailbox import OpenedMail, caught, read


class Caught:
    """Hold a catcher, and how many mails it had caught when the clock was moved last."""

    catcher: Catcher
    _seen: int

    def address(self, post: str) -> str:
        """Give the address of the holder of a post."""
        raise NotImplementedError

    def mails(self, *, to: str = "", about: str = "", ever: bool = False) -> list[OpenedMail]:
        """Tell what was caught since the clock was moved, or `ever`, the first first: for a post, with these words."""
        folder = self.catcher.folder
        asked = caught(folder)[::-1][0 if ever else self._seen :]
        opened_mails = [read(folder, caught_mail.id) for caught_mail in asked]
        meant = (self.address(to),) if to else ()
        return [
            opened_mail
            for opened_mail in opened_mails
            if (not to or opened_mail.envelope_to == meant) and about in _words(opened_mail)
        ]

    def expect_mail(self, *, to: str, about: str = "") -> OpenedMail:
        """Give the one mail to this post with these words in its subject or text."""
        opened_mails = self.mails(to=to, about=about)
        assert len(opened_mails) == 1, f"{len(opened_mails)} mails to {to} about “{about}”; caught: {self._caught()}"
        return opened_mails[0]

    def expect_no_mail(self, *, to: str = "", about: str = "") -> None:
        assert not self.mails(to=to, about=about), self._caught()

    def _caught(self) -> list[str]:
        return [f"{opened_mail.envelope_to[0]}: {opened_mail.subject}" for opened_mail in self.mails()]


def _words(mail: OpenedMail) -> str:
    """Give subject and text, unbroken."""
    return f"{mail.subject}\n{' '.join(mail.text.split())}"
