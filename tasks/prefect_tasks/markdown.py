"""Write tables in markdown: Prefect's own tables cut off every column that does not fit, and wrap none."""

from collections.abc import Iterable, Iterator, Sequence


def section(title: str, head: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> Iterator[str]:
    """Give a heading with a table below it, or with the sentence for no row at all."""
    yield f"## {title}"
    lines = [_line(row) for row in rows]
    yield "\n".join([_line(head), _line(["---"] * len(head)), *lines]) if lines else empty


def _line(cells: Iterable[object]) -> str:
    """Keep a bar or a line's end in a title from breaking the table."""
    plain = (" ".join(f"{cell}".split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(plain)} |"
