"""Group the duties as a director reads them, the law first."""

from enum import StrEnum

from timeline.definitions.duties import DutyClass, Obligation
from timeline.definitions.standing import RuleKind


class Group(StrEnum):
    """Name the groups of rows, in their order."""

    LAW = "Law and direction"
    NOTICE = "Improvement notice"
    OFSTED = "Ofsted"
    DECISIONS = "Decisions in public"
    BOARDS = "Boards, panels and programme"
    TRAINING = "Training and communications"


_BY_KIND = {
    RuleKind.LAW: Group.LAW,
    RuleKind.DIRECTION: Group.LAW,
    RuleKind.NOTICE: Group.NOTICE,
    RuleKind.FRAMEWORK: Group.OFSTED,
}


def group_of(obligation: Obligation) -> Group:
    """Give the group of a duty by where its rule comes from; the council's own stand by their class."""
    if group := _BY_KIND.get(obligation.standing.kind):
        return group
    if obligation.duty_class in (DutyClass.A, DutyClass.B):
        return Group.DECISIONS
    return Group.BOARDS if obligation.duty_class is DutyClass.C else Group.TRAINING
