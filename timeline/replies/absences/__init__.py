"""Read the days away in an automatic reply: the days that it states, and which of them are the writer's absence."""

from timeline.replies.absences.absence import absence

__all__ = ["absence"]
