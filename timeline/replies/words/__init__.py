"""Read the words of a reply: which answer they give, to which of several tasks, and with what evidence."""

from timeline.replies.words.answers import ReadAnswer, read_answer, says_more
from timeline.replies.words.beside import beside_acceptance
from timeline.replies.words.doubts import casts_doubt

__all__ = ["ReadAnswer", "beside_acceptance", "casts_doubt", "read_answer", "says_more"]
