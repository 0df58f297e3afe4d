"""Make our stylesheet from the npm package govuk-frontend; see web/static/README.md.

We are not on gov.uk and may not show its typeface and the royal arms, so the rules that load them are removed.
"""

import re
import sys
import tarfile
from pathlib import Path

STATIC = Path(__file__).parent / "static"
_MEMBER = "package/dist/govuk/govuk-frontend.min.css"
_NOTICE = (
    "/*! govuk-frontend, MIT licence (LICENCE-govuk-frontend.txt). "
    "Changed: without the GDS Transport typeface, images and source map. */"
)


def neutral(css: str) -> str:
    """Give the stylesheet without @font-face, without anything fetched by url(), in Arial."""
    css = re.sub(r"/\*[!#].*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"[\w-]+:url\([^)]*\)[^;}]*;?", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", "Arial,Helvetica,sans-serif")
    charset, rest = css.split(";", 1)
    return f"{charset};{_NOTICE}{rest.strip()}\n"


def renew(package: Path) -> None:
    with tarfile.open(package) as archive:
        member = archive.extractfile(_MEMBER)
        if member is None:
            raise SystemExit(f"{package}: {_MEMBER} is missing; expected a package made by `npm pack`.")
        css = member.read().decode()
    (STATIC / "govuk-frontend.min.css").write_text(neutral(css))


if __name__ == "__main__":
    renew(Path(sys.argv[1]))
