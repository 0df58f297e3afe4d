"""Start a command with secrets from files: `daymark-with-secrets COMMAND…`.

Each file of the folder is named as the variable that it holds, such as DAYMARK_DATABASE_URL. The folder is systemd's
CREDENTIALS_DIRECTORY, else DAYMARK_SECRETS, else that of a container. So no secret stands in a unit, in a compose file,
or in the arguments of a process, and Prefect's own programs, which know no such files, get theirs in the same way.
"""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

_CONTAINER = "/run/secrets"
_OURS = ("DAYMARK_", "PREFECT_")


def main() -> None:
    """Become the command; exit code 2 with a sentence when that, or a file, cannot be had."""
    command = sys.argv[1:]
    if not command:
        sys.exit(_told("expected a command, such as daymark-with-secrets daymark doctor."))
    if (program := shutil.which(command[0])) is None:
        sys.exit(_told(f"{command[0]}: there is no such command."))
    folder = Path(os.environ.get("CREDENTIALS_DIRECTORY") or os.environ.pop("DAYMARK_SECRETS", "") or _CONTAINER)
    try:
        os.execve(program, command, {**os.environ, **secrets_in(folder)})  # noqa: S606 (the command given, no shell)
    except OSError as fault:
        sys.exit(_told(f"{fault.filename}: {fault.strerror}."))


def secrets_in(folder: Path) -> Mapping[str, str]:
    """Give the variables of the files in a folder; the line break at the end of a file is none of the secret's.

    Raise OSError when any cannot be read.
    """
    return {file.name: file.read_text().strip() for file in sorted(folder.iterdir()) if file.name.startswith(_OURS)}


def _told(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 2


if __name__ == "__main__":
    main()
