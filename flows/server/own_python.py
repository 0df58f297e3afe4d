"""Have the runs of a worker find the worker's own interpreter, however it was started.

The work pool says `python`, for it cannot know where Daymark lies on each machine. A worker that was started by its
full path, beside another Python in PATH, then crashed every run. Prefect imports this where it looks for the kind of a
worker (the entry point in pyproject.toml), before its first run.
"""

import os
import sys
from pathlib import Path

os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ.get('PATH', os.defpath)}"
