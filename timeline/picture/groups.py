"""Group the duties as a director reads them, the law first."""

from enum import StrEnum

from timeline.definitions.duties import DutyClass, Obligation, OccurrenceKind


class Group(StrEnum):
    """Name the groups of rows, in their order."""

    LAW = "Law and direction"
    OFSTED = "Ofsted"
    DECISIONS = "Decisions in public"
    BOARDS = "Boards, panels and programme"
    TRAINING = "Training and communications"


# The class and the kind of a duty give its group. These two of the rule pack are of class B because the council does
# not make them, yet they rest on the direction.
_RESTS_ON_DIRECTION = ("commissioner-steps", "dfe-review")


def group_of(obligation: Obligation) -> Group:
    """Give the group of a duty, a council's own included."""
    if obligation.duty_class is DutyClass.A or obligation.key in _RESTS_ON_DIRECTION:
        return Group.LAW
    if obligation.duty_class is DutyClass.B:
        return Group.OFSTED if obligation.kind is OccurrenceKind.VISIT else Group.DECISIONS
    return Group.BOARDS if obligation.duty_class is DutyClass.C else Group.TRAINING
