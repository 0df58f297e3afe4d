"""Hold a real Dovecot for the tests: one mailbox on a high port of this machine, in a folder of its own."""

import getpass
import grp
import imaplib
import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tasks.processes.child import Child
from tests.support import parts
from tests.support.ports import free_port

PASSWORD = "a-mailbox-of-the-tests"
_users = count(1)


@dataclass(frozen=True)
class Dovecot:
    port: int

    def user(self) -> str:
        """Give a new, empty mailbox."""
        return f"reminders{next(_users)}"

    @contextmanager
    def opened(self, user: str) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(user, PASSWORD)
        try:
            yield client
        finally:
            client.logout()

    def put(self, user: str, *mails: bytes, flags: str = "") -> None:
        with self.opened(user) as client:
            for raw in mails:
                status, said = client.append("INBOX", f"({flags})", None, raw)
                assert status == "OK", said

    def count(self, user: str, folder: str = "INBOX") -> int:
        """Tell how many mails lie in a folder; a folder that is not there has none."""
        with self.opened(user) as client:
            status, said = client.select(folder, readonly=True)
            return int(said[0] or 0) if status == "OK" else 0


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    program = parts.require("dovecot")
    home = Path(tempfile.mkdtemp(prefix="daymark-dovecot-"))
    port = free_port()
    (home / "dovecot.conf").write_text(_configuration(home, port))
    home.chmod(0o755)
    try:
        command = [str(program), "-F", "-c", str(home / "dovecot.conf")]
        with Child(command, log=home / "log", env=dict(os.environ), cwd=home, grace=3) as server:
            given = Dovecot(port)
            _wait_until_it_answers(server, home, port)
            yield given
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _configuration(home: Path, port: int) -> str:
    """Keep everything under one folder; as root the processes that need no rights run as nobody."""
    me = getpass.getuser()
    other = "nobody" if me == "root" else me
    group = pwd.getpwnam(other).pw_gid
    (home / "mail").mkdir(mode=0o777)
    (home / "mail").chmod(0o777)
    owner = pwd.getpwnam(other)
    shutil.chown(home / "mail", owner.pw_uid, group)
    return f"""
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
default_internal_user = {other}
default_internal_group = {grp.getgrgid(group).gr_name}
default_login_user = {other}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{home}/mail/%u
mail_max_userip_connections = 50
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={group} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


def _wait_until_it_answers(server: Child, home: Path, port: int) -> None:
    while server.running:
        try:
            imaplib.IMAP4("127.0.0.1", port).logout()
        except OSError:
            continue
        return
    said = (home / "dovecot.log").read_text() if (home / "dovecot.log").exists() else server.last_line()
    raise AssertionError(f"Dovecot ended: {said[-800:]}")
