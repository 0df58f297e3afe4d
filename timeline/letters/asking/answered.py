"""Word what somebody answered, in words that follow a name."""

from collections.abc import Mapping

from timeline.answers.responses import Answer

ANSWERED: Mapping[Answer, str] = {
    Answer.ACKNOWLEDGED: "has this",
    Answer.DONE: "says it is done",
    Answer.HELP: "needs help",
    Answer.DECLINED: "says this is not theirs",
    Answer.DELEGATED: "has passed this on",
    Answer.CONFIRMED: "has confirmed that it is done",
    Answer.RETURNED: "says that it is not done yet",
    Answer.TAKEN_BACK: "has taken their answer back",
}
