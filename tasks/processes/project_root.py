"""Find Daymark's files where a run happens: a step of prefect.yaml, which every run takes first."""

import os

from config.settings import ROOT

DEPLOYED = ROOT / "flows"
"""The folder with prefect.yaml, in the sources by a link: what lies outside of the rooms is not installed."""


def at_the_root() -> dict[str, str]:
    """Change to the project's root on this machine, and give it as Prefect's steps do.

    The folder of whoever deployed, baked into the deployment, was not there for a worker at another path.
    """
    os.chdir(ROOT)
    return {"directory": str(ROOT)}
