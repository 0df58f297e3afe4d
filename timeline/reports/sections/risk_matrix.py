"""Show the risks by likelihood and impact, and whether each has grown or fallen."""

from timeline.picture.risk_matrix import placed
from timeline.picture.risk_matrix import risk_matrix as matrix
from timeline.programme.risks import IMPACTS, LIKELIHOODS
from timeline.reports.document import Figure, Missing, Section, Table
from timeline.reports.situation import Situation


def risk_matrix(now: Situation) -> Section:
    """Show each risk in the place of its rating as assessed by the day, in a picture and in words."""
    risks = placed(now.programme.risks, on=now.on)
    if not risks:
        return Section("Risks", (Missing("No risk is recorded."),))
    at: dict[str, list[str]] = {}
    for each in risks:
        moved = {1: " (grown)", -1: " (fallen)"}.get(each.trend, "")
        at.setdefault(str(each.rating or ""), []).append(f"{each.number}. {each.risk.title}{moved}")
    columns = ("Likelihood", *(f"{number} {words}" for number, words in IMPACTS.items()))
    rows = tuple(
        ((f"{letter} {words}",), *(tuple(at.get(f"{letter}{number}", ("–",))) for number in IMPACTS))
        for letter, words in LIKELIHOODS.items()
    )
    table = Table("Risks by likelihood and impact", columns, rows)
    return Section("Risks", (Figure("The risks by their numbers", matrix(risks)), table))
