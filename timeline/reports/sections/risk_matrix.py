"""Show the risks by likelihood and impact, and whether each has grown or fallen."""

from timeline.programme.risks import IMPACTS, LIKELIHOODS
from timeline.reports.document import Section, Table
from timeline.reports.situation import Situation


def risk_matrix(now: Situation) -> Section:
    """Show each risk in the place of its rating as assessed by the day."""
    at: dict[str, list[str]] = {}
    for risk in now.programme.risks.values():
        assessed = risk.assessed(now.on)
        arrow = {1: " (grown)", -1: " (fallen)"}.get(risk.trend(now.on), "")
        at.setdefault(str(assessed.rating) if assessed else "", []).append(f"{risk.title}{arrow}")
    columns = ("Likelihood", *(f"{number} {words}" for number, words in IMPACTS.items()))
    rows = tuple(
        ((f"{letter} {words}",), *(tuple(at.get(f"{letter}{number}", ("–",))) for number in IMPACTS))
        for letter, words in LIKELIHOODS.items()
    )
    return Section("Risks", (Table("Risks by likelihood and impact", columns, rows),))
