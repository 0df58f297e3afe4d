"""Tell how to answer a mail: by replying with a word, where answers are read, and by its link in any case."""

from collections.abc import Sequence

from timeline.escalation.prompts import CONFIRM, Prompt, PromptKind

_WORDS = "“done” with a link when it is done, “help”, or “not mine”"


def reply_words(prompts: Sequence[Prompt]) -> str:
    """Say which words answer this mail, without a full stop: "or use the link" follows. A reader of replies knows them
    all (`timeline.replies`).
    """
    confirms = [prompt.key.rung == CONFIRM for prompt in prompts]
    if len(prompts) == 1:
        return _of_one(prompts[0])
    if all(confirms):
        return "Reply “confirm 1” if number 1 is done, and so on"
    if any(confirms):
        return "Reply with a word and a number, such as “done 2” with a link, or “confirm 1”"
    them = "both" if len(prompts) == 2 else "them all"
    return f"Reply “all yes” if you have {them}, “2 done” with a link when number 2 is done, “2 help”, or “2 not mine”"


def _of_one(prompt: Prompt) -> str:
    if prompt.key.rung == CONFIRM:
        return "Reply “confirmed” if it is done"
    yes = "you take it on" if prompt.kind is PromptKind.ESCALATION else "you have this"
    return f"Reply “yes” if {yes}, {_WORDS}"
