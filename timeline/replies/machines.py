"""Read answers that a machine may have given, though no header says so: a person must look at them.

Many a shared mailbox and ticket system sends “Received, thank you” for every mail. It must not acknowledge a task.
"""

import re

from timeline.replies.mail import ParsedMail

# The marks of an answer in the mail programs of Britain and its neighbours; ATB and YML are Outlook's in Welsh.
_REPLY = r"(?:re|aw|antw|sv|vs|ref|rif|rv|res|odp|atb|ateb|fwd?|wg|tr|yml)(?:\[\d{1,3}\])?\s?:"
# A gateway and a protective marking stand in front of it.
_TAG = r"(?:\[[^\]]{1,40}\]|\{[^}]{1,40}\}|\*{1,4}[\w -]{1,30}\*{1,4}|(?:un)?official(?:[- ]sensitive)?|external)"
_ANSWERS_A_MAIL = re.compile(rf"\s{{0,3}}(?:{_TAG}[\s:–—-]{{0,4}}){{0,3}}{_REPLY}", re.IGNORECASE)

_WORDS = re.compile(
    r"\b(?:this (?:mailbox|inbox|e-?mail address|address|account|mail) (?:is|will be|has been)"
    r"|(?:mailbox|inbox) is (?:not )?(?:monitored|looked at|checked|staffed|read)|not monitored"
    r"|we (?:aim|endeavou?r|try|hope|will aim) to (?:answer|reply|respond|get back|acknowledge|deal)"
    r"|we(?:'ll| will| shall) (?:answer|reply|respond|get back|be in touch|contact|process|review your)"
    r"|(?:will|to) be (?:answered|dealt with|processed|reviewed|passed|forwarded)"
    r"|(?:within|in) (?:the next )?(?:\w{1,12}|\d{1,3}) ?(?:\(\d{1,3}\) ?)?(?:working|business) (?:days?|hours?)"
    r"|(?:a |one |another )?(?:member|colleague) of (?:the|our|my) (?:team|staff)|somebody will|someone will"
    r"|thank(?:s| you) for (?:your (?:e-?mail|message|enquiry|inquiry|query|request|correspondence|report|submission)"
    r"|(?:contacting|e-?mailing|getting in touch|writing to))"
    r"|your (?:e-?mail|message|enquiry|inquiry|query|request|ticket|case|submission) (?:has been|was|is|will be)"
    r"|(?:automat(?:ic|ed|ically)|auto-?)[ -]?(?:reply|response|generated|acknowledge?ment|message|e-?mail|receipt)"
    r"|(?:sent|generated|translated|created|issued) automatically"
    r"|(?:do not|don't) reply to this|no-?reply(?!\w{0,20}@)"
    r"|(?:ticket|case|reference|request|enquiry) (?:number|no\b|id\b|ref)"
    r"|(?:ticket|case) #|office hours|opening hours|monday to friday|mon(?:day)? ?[-–] ?fri(?:day)?|9(?:am)? ?[-–] ?5"
    r"|y blwch post hwn|peidiwch ag ateb|byddwn yn (?:ymateb|ateb)|diolch am (?:eich|gysylltu)|awtomatig"
    r"|o fewn \w{1,12} diwrnod|eich (?:e-?bost|neges|ymholiad))\b",
    re.IGNORECASE,
)
# These no person writes who calls for help; a mailbox and a case number they may.
_SAYS_IT_IS = re.compile(
    r"\b(?:automat(?:ic|ed|ically)|auto-?(?:reply|response|generated)|(?:do not|don't) reply|no-?reply|awtomatig)\b",
    re.IGNORECASE,
)
# Nobody sets a machine up to say this; our own mails ask people for it.
_A_PERSONS = re.compile(r"(?:i )?ack(?:ed|'d)?\b", re.IGNORECASE)
_A_MACHINES = re.compile(
    r"\b(?:received|receipt|noted|acknowledge\w{0,5}|confirm\w{0,6}|thank you for|derbyn\w{0,6}|cydnab\w{0,7}"
    r"|cadarnh\w{0,6})\b",
    re.IGNORECASE,
)
_MOST_LETTERS = 4_000


def may_be_a_machines(mail: ParsedMail, text: str, *, calls: bool = False) -> str:
    """Tell why a machine may have written the answer, as the end of a sentence; empty if only a person would.

    `calls`: it calls for help or declines, which must not wait for a word that a person may write.
    """
    if not _ANSWERS_A_MAIL.match(mail.subject):
        return "its subject answers no mail, as the receipts of machines do"
    words = _SAYS_IT_IS if calls else _WORDS
    said = None if _A_PERSONS.match(text) else words.search(text[:_MOST_LETTERS].replace("’", "'"))
    return f"it says “{said[0].lower()}”, as the receipts of machines do" if said else ""


def has_a_machines_words(text: str) -> bool:
    """Tell whether a machine's receipt may have just these words, which a person may write as well."""
    return not _A_PERSONS.match(text) and bool(_A_MACHINES.search(text[:_MOST_LETTERS]))
