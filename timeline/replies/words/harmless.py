"""List words that may stand beside an answer because they cannot take it back. Any other word sends the reply to a
person.

A list of reservations is never complete ("awaiting legal sign-off", "bar the annex", "in principle"); a list of
harmless words is.
"""

import re
from collections.abc import Collection

from timeline.answers.responses import Answer
from timeline.replies.words.vocabulary import HOLDING

_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    rf"(?:(?:{_WEEKDAY} )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?: \d{{4}})?"
    r"|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{4}-\d\d-\d\d)"
)
_PAST = (
    rf"(?:on |at )?(?:today|yesterday|this (?:morning|afternoon|week|month)|earlier(?: today| this week)?|just now"
    rf"|(?:late )?last (?:night|week|month|term|year|{_WEEKDAY})|(?:on |last )?{_WEEKDAY}(?: (?:morning|afternoon))?"
    rf"|(?:on )?(?:the )?{_DATE}|\d{{1,2}}(?:[:.]\d\d)? ?[ap]m|a (?:week|month) ago|\d{{1,2}} (?:days|weeks) ago"
    r"|heddiw|ddoe|bore (?:'?ma|yma)|now|already)"
)
_THANKS = (
    r"(?:(?:many |with )?(?:many )?(?:thanks|thank you|thx|cheers|ta|diolch)(?: (?:so |very )?much| again| all| both"
    r"| a lot| indeed| yn fawr(?: iawn)?)?(?: for (?:this|that|it"
    r"|the (?:reminder|nudge|e-?mail|heads up|message|prompt)"
    r"|your (?:e-?mail|message|note|help|patience|reminder)|(?:chasing|asking|reminding me|letting me know)"
    r"(?: this| up)?))?|gyda diolch)"
)
_CLOSE = r"(?:(?:kind|best|warm|many) )?(?:regards|wishes)|best|cofion(?: cynnes| gorau)?|x{1,3}"
_BEHALF = r"(?:on|for and on) behalf of(?: the)?|on [\w']{2,20} behalf"
_EITHER = (
    rf"{_THANKS}|{_CLOSE}|{_BEHALF}|as (?:asked|agreed|requested|discussed|planned|required)"
    r"|all good|no problem|of course|and|also|too|again|yes|ok(?:ay)?|(?:all )?fine|great|perfect|lovely|good"
    r"|[👍🏻🏼🏽🏾🏿🙏😀😁😃😄😊🙂✅✔☺🎉]|os gwelwch yn dda"
)
_THING = (
    r"(?:(?:the|our|my|a|all|signed|final|agreed|approved|full|completed|updated|supporting) ){0,3}(?:minutes?|papers?"
    r"|reports?|documents?|docs?|files?|links?|evidence|copy|copies|notes?|lists?|plan|spreadsheet|agenda|letters?"
    r"|presentation|slides|records?|form|e-?mails?|attachments?|screenshot|register|invites?|invitations?|certificates?)"
    r"(?: of (?:the |our )?(?:panel|meeting|board|cases|session|visit|minutes|attendance))?"
)
_FILED = (
    r"(?:attached|enclosed|circulated|sent(?: out| round| over)?|e-?mailed(?: out| round)?|uploaded|saved|filed"
    r"|shared(?: with (?:the |our |all )?(?:members|all|everyone|partners|team|you|board|panel))?"
    r"|published|issued|submitted|distributed|posted|delivered|signed(?: off)?|logged|here|below|above|finished"
    r"|attended|dusted)"
)
_WHERE = (
    r"(?:(?:on|to|in|at|under|via|from) )?(?:the |our )?(?:share ?point|shared (?:drive|folder)"
    r"|website|intranet|portal|system"
    r"|teams(?: channel| site)?|file|folder|drive|agenda|register|tracker|link|minutes|online)"
)
_WHOM = (
    r"to (?:the |our |all )?(?:chair|board|panel|members|all|everyone|team|partners|attendees|officers"
    r"|director|ofsted|dfe|department|clerk|group|you|cabinet|council|committee|regulator|inspectors?|commissioner)"
)
_COUNT = (
    r"(?:to )?\d{1,4}(?: (?:people|officers|staff|members|colleagues|managers|partners|practitioners|attendees))?"
    r"(?: (?:attended|came|were there|present))?(?=\W|$)|[£$€]\d[\d,.]{0,12}"
)
_DONE = (
    rf"{_EITHER}|{_PAST}|(?:(?:i|we)(?:'ve| have)? )?"
    rf"(?:(?:is|are|was|were|has been|have been|now|all|put|also) ){{0,3}}"
    rf"(?:{_FILED}|{_THING})|{_WHERE}|{_WHOM}|(?:please |pls )?(?:see|find|at|here(?: is| are|'s)?|link(?: is| to)?"
    rf"|ref(?:erence)?|is|are)|from me|for (?:your )?(?:information|reference|records?|interest)|fyi|in full"
    rf"|on time|it|this|that|{_COUNT}|(?:cabinet|council|board|panel|committee|scrutiny|meeting)(?: of)?"
)
_CONFIRMED = (
    rf"{_EITHER}|today|yesterday|this (?:morning|afternoon)|now|it|this|that"
    rf"|(?:it |this |that )?(?:is|was|has been|looks)|(?:all )?(?:done|completed?|correct"
    rf"|true|right|seen|checked|in order)|from me|by me|(?:i|we)(?:'ve| have)? (?:seen|read|checked|looked at)"
    rf"|{_THING}|attached|here|{_WHERE}"
)
_SOON = (
    rf"(?:(?:by|on|before|this|next|first thing|end of|the end of) ){{0,2}}(?:today|tomorrow|tonight|{_WEEKDAY}|week"
    rf"|(?:this |next )?(?:morning|afternoon|evening|week|month)|the week|play|{_DATE})|asap|as soon as (?:i|we) can"
    r"|as soon as possible|now|shortly|straight ?away|right away|already|in the (?:diary|calendar)|in hand"
)
_HOLDING = (
    rf"{_EITHER}|{_SOON}|for (?:this|it)|from me|(?:it|this|that)(?:'s| is)(?: (?:mine|ours|with me|with us))?"
    rf"|mine|ours"
    rf"|with me|with us|task|one|{HOLDING}|(?:i|we) have (?:this|it)|noted|received|acknowledged"
    r"|(?:i'll|i will|will) (?:be in touch|report back|let you know|update you)"
)

_BESIDE = {
    Answer.ACKNOWLEDGED: re.compile(rf"(?:{_HOLDING})(?!\w|'\w)", re.IGNORECASE),
    Answer.DONE: re.compile(rf"(?:{_DONE})(?!\w|'\w)", re.IGNORECASE),
    Answer.CONFIRMED: re.compile(rf"(?:{_CONFIRMED})(?!\w|'\w)", re.IGNORECASE),
}
_MARKS = re.compile(r"[\s.,:;!()\[\]\"'“”„‘’*_<>–—…·•/+&-]+")
_THANKED = re.compile(rf"(?:{_THANKS}|{_CLOSE}|{_BEHALF})(?!\w|'\w)", re.IGNORECASE)
_NAME = re.compile(r"(?!(?:i|we|but|not|no|only|if)\b)[^\W\d_][\w'’.-]{0,30}(?!\w|'\w)")
_CAPITAL = re.compile(r"[^\W\d_a-z]")


def only_harmless(answer: Answer, rest: str, names: Collection[str] = ()) -> bool:
    """Tell whether nothing stands in `rest` but harmless words.

    `names` are the sender's own, in lower case. After thanks or "on behalf of" a name of up to two
    words may follow, written with a capital.
    """
    place, may_be_named = 0, 0
    while place < len(rest):
        if marks := _MARKS.match(rest, place):
            place = marks.end()
            continue
        if beside := _BESIDE[answer].match(rest, place):
            may_be_named = 2 if _THANKED.match(rest, place) else 0
            place = beside.end()
            continue
        name = _NAME.match(rest, place)
        if not name or not (name[0].lower() in names or (may_be_named and _CAPITAL.match(name[0]))):
            return False
        place, may_be_named = name.end(), may_be_named - 1
    return True
