"""Hold wordings of automatic replies, with the days away that a person would take from them. No date is right where a
person would not be certain.

`TRAPS` and `ORDINARY` were written before the reader was changed, `AFTERTHOUGHTS` while it was. All were sent on
Tuesday 1 April 2025, 09:12 BST, unless the line says otherwise.
"""

from datetime import date
from typing import NamedTuple

SENT = "Tue, 1 Apr 2025 09:12:00 +0100"


class Wording(NamedTuple):
    """Hold a note, the first and the last day away that it states, and the Date header of its mail."""

    text: str
    first: date | None = None
    last: date | None = None
    sent: str = SENT


def _day(month: int, day: int, year: int = 2025) -> date:
    return date(year, month, day)


TRAPS = [
    # A day without a year is the nearest one; a day that has passed is forgotten.
    Wording("I am on annual leave until 28 March."),
    Wording("I am out of the office and back on 31 March."),
    Wording("I will be away until 23 August.", sent="Thu, 28 Aug 2025 09:00:00 +0100"),
    Wording("I am on leave until 30 November."),
    Wording("I was on leave until Friday 28 March and am catching up."),
    Wording("I am back in the office on 1 April."),
    Wording("Out of office 2 to 13 December."),
    Wording("Annual leave 20 December - 2 January, back on 3 January."),
    Wording("I am on leave until 14 April 2024."),
    # Numbers that are no days.
    Wording("I am out of the office and back soon; the emergency duty team is there 24/7."),
    Wording("I am away. Our helpline is there until you need it, 24/7."),
    Wording("I am in court this morning and back at my desk at 12.10."),
    Wording("I am out of the office, back at 10.11 today."),
    Wording("I am away from my desk until 12.05."),
    Wording("I am out of the office. Ring 01634 14 04 25 until I am back."),
    Wording("I am on leave until I return; see item 7.4 of the April plan."),
    Wording("I am away for 1/2 day and back at 2."),
    # The day of something else.
    Wording("I am out of the office today. Please return the form by 30 April."),
    Wording("I am out of the office. The consultation is open until 30 April."),
    Wording("I am away today. I will return your call on 7 April."),
    Wording("I am out of the office today and will get back to you by 7 April."),
    Wording("I am out of office. Forms must be back by Friday 25 April."),
    Wording("I am away today. The next panel runs from 7 to 11 April."),
    Wording("I am out of the office. Nominations are open until 25 April; please send them to the team."),
    Wording("I am away today. Please call me back on Monday 7 April."),
    Wording("I am out of the office. School half term runs from 14 to 25 April."),
    Wording("I am away from my desk. I need the minutes back by 4 April."),
    # Somebody else's absence.
    Wording("Jane returns on 7 April; I am on leave until 30 April.", last=_day(4, 30)),
    Wording("I am out of the office. My manager Jane Smith is on leave until 30 April."),
    Wording("I am on leave. Jane Smith covers for me and is back on 7 April."),
    Wording("I am away. For panels contact Tom Brown, who is back on 7 April."),
    Wording("I am on leave until 14 April. Jane is on leave until 25 April.", last=_day(4, 14)),
    Wording("I am out of the office. Please contact the duty desk until 14 April."),
    Wording("Mae Siân i ffwrdd tan 14 Ebrill. Cysylltwch â fi."),
    Wording("Our receptionist is away from 7 April to 11 April."),
    # Not away.
    Wording("I am working from home, not in the office, until 30 April."),
    Wording("I am working from home until 30 April."),
    Wording("I am in the office until 11 April."),
    Wording("I am working remotely and away from the office until 30 April."),
    Wording("I am not away until 14 April."),
    Wording("I am available until 11 April and then on leave."),
    Wording("I have limited access to email until 30 April."),
    Wording("I have left the council; my last day was 28 March."),
    # Not certain.
    Wording("I may be away until 14 April."),
    Wording("I am on leave until further notice."),
    Wording("I am on leave until after Easter."),
    Wording("I am on leave over half term."),
    Wording("I am away for the bank holiday."),
    Wording("I am on leave until mid April."),
    Wording("I am on maternity leave and expect to be back in January 2026."),
    Wording("I am away until Tuesday 14 April 2025."),
    Wording("I am on leave until 14 April or perhaps 21 April."),
    Wording("I am on leave from 7 April."),
    Wording("I am off next week."),
    Wording("I do not work on Mondays and am back in the office every Tuesday."),
    Wording("I am on leave 7, 8 and 9 April."),
    Wording("I am on leave 3/30/2025 until 4/14/2025."),
    Wording("I will be back at (Date of Return)."),
    Wording("I am out of the office from [start date] until [end date]."),
    Wording("I am on leave from 14 April 2025 until 7 April 2025."),
    Wording("I am on leave until 31 April."),
    Wording("I am on leave until 14 April 2205."),
    # Our own words below the note are not the writer's.
    Wording(
        "I am out of the office.\n\nFrom: Reminders <reminders@notices.council.example>\n"
        "Sent: 31 March 2025 08:30\nSubject: Pat Lee's tasks\n\nI am away until 14 April."
    ),
    Wording("I am out of the office.\n\n> On leave until 14 April\n> The papers are due on 14 April."),
]
ORDINARY = [
    # Councils in England
    Wording("I am on annual leave until 14 April.", last=_day(4, 14)),
    Wording("I am on annual leave until Monday 14th April 2025.", last=_day(4, 14)),
    Wording("I am out of the office until 9am on Monday 14 April.", last=_day(4, 13)),
    Wording("I am out of the office until 9.00 on Monday 14 April.", last=_day(4, 13)),
    Wording("I am out of the office until Monday 14 April at 9am.", last=_day(4, 13)),
    Wording("I am out of the office until 5pm on Friday 11 April.", last=_day(4, 11)),
    Wording("I am out of the office until midday on Friday 11 April.", last=_day(4, 10)),
    Wording("I am on annual leave Monday 7 to Friday 11 April.", _day(4, 7), _day(4, 11)),
    Wording("I am on leave 7th to 14th April.", _day(4, 7), _day(4, 14)),
    Wording("I'm on leave from 7 - 11 April 2025.", _day(4, 7), _day(4, 11)),
    Wording("I will be on annual leave from Monday 31 March to Friday 11 April inclusive.", _day(3, 31), _day(4, 11)),
    Wording("Annual leave from 31/03/2025 to 11/04/2025 inclusive", _day(3, 31), _day(4, 11)),
    Wording("I’m on leave ’til 14 April.", last=_day(4, 14)),
    Wording("I'm away 'til Monday 14 April", last=_day(4, 14)),
    Wording("I am on leave up to and including 11 April.", last=_day(4, 11)),
    Wording("I am off until Fri 11/4 and back Mon 14/4.", last=_day(4, 13)),
    Wording("I am away until 14.04.2025.", last=_day(4, 14)),
    Wording("I am away until 14-04-2025.", last=_day(4, 14)),
    Wording("I am away until 14-Apr-25.", last=_day(4, 14)),
    Wording("OOO until 14/04/25", last=_day(4, 14)),
    Wording("Out of office until 14/04.", last=_day(4, 14)),
    Wording("A/L until 14 April", last=_day(4, 14)),
    Wording("I am now on leave, returning on Monday 14 April.", last=_day(4, 13)),
    Wording("I am on leave returning to work Monday 14 April.", last=_day(4, 13)),
    Wording("I will return to the office on Monday, 14th April.", last=_day(4, 13)),
    Wording("I will be returning to work on 14 April 2025.", last=_day(4, 13)),
    Wording("I am out of the office today and will be back on Wednesday 2 April.", last=_day(4, 1)),
    Wording("I am out of the office today and back tomorrow.", last=_day(4, 1)),
    Wording("I will be back in the office tomorrow morning.", last=_day(4, 1)),
    Wording("I am on leave and back Monday.", last=_day(4, 6)),
    Wording("Back in the office on Monday", last=_day(4, 6)),
    Wording("I am on leave this week.", last=_day(4, 4)),
    Wording("I am on leave until Friday.", last=_day(4, 4)),
    Wording("I am on leave week commencing 7 April.", _day(4, 7), _day(4, 11)),
    Wording("I am on annual leave w/c 7th April 2025.", _day(4, 7), _day(4, 11)),
    Wording("I am back in the office w/c 14 April.", last=_day(4, 13)),
    Wording("I am on leave until the end of April.", last=_day(4, 30)),
    Wording("I am on leave until the end of this week.", last=_day(4, 4)),
    Wording("I am on leave until the end of the week.", last=_day(4, 4)),
    Wording("I am not in the office until 14 April.", last=_day(4, 13)),
    Wording("I will not be back until Monday 14 April.", last=_day(4, 13)),
    Wording(
        "I am on leave for the Easter holidays until Monday 21 April (bank holiday), back on 22 April.",
        last=_day(4, 21),
    ),
    Wording("I am on leave over half term, back on Monday 14 April.", last=_day(4, 13)),
    Wording("I am on leave until the 14th.", last=_day(4, 14)),
    Wording("I am back on Monday 14th.", last=_day(4, 13)),
    Wording("From 7 April to 11 April I am on leave.", _day(4, 7), _day(4, 11)),
    Wording("Between Monday 7 and Friday 11 April I am out of the office.", _day(4, 7), _day(4, 11)),
    Wording("I am on leave on Wednesday 2 April.", _day(4, 2), _day(4, 2)),
    Wording("I am out of the office from 28 March until 2 May 2025.", _day(3, 28), _day(5, 2)),
    Wording(
        "I am off from 20 December until 2 January.", _day(12, 20), _day(1, 2, 2026), "Tue, 23 Dec 2025 10:00:00 +0000"
    ),
    Wording("I am on sick leave until 14 April.", last=_day(4, 14)),
    Wording("I am away on holiday with my family in Spain until Monday 14 April.", last=_day(4, 14)),
    Wording("I am attending training and out of the office until Thursday 3 April.", last=_day(4, 3)),
    Wording("I'm unavailable until 14 April.", last=_day(4, 14)),
    Wording("I am not working from 7 April to 11 April.", _day(4, 7), _day(4, 11)),
    Wording("I am absent until 14 April.", last=_day(4, 14)),
    Wording("I am away from today until 11 April.", _day(4, 1), _day(4, 11)),
    Wording(
        "Thank you for your email. I am currently on annual leave, returning Monday 14th April. If your query is "
        "urgent please contact Jane Smith on 01634 000000 or the duty desk, which is open until 5pm.",
        last=_day(4, 13),
    ),
    Wording(
        "Hello,\n\nThank you for your email.\n\nI am out of the office until\nMonday 14 April 2025 with no access to "
        "emails.\n\nFor safeguarding concerns call the front door, open 24/7.\n\nKind regards\n\nPat Lee",
        last=_day(4, 14),
    ),
    Wording(
        "I am on leave and will reply when I return on Monday 14 April. Please return any forms to the team by "
        "9 April.",
        last=_day(4, 13),
    ),
    Wording("I will respond to your email on my return on 14 April.", last=_day(4, 13)),
    # Outlook, Gmail, Lotus Notes and phones
    Wording("I am out of the office from 01/04/2025 until 14/04/2025.", _day(4, 1), _day(4, 14)),
    Wording("I am currently out of the office, returning on 14/04/2025.", last=_day(4, 13)),
    Wording("Away from Tuesday 1 April 2025 09:00 until Friday 11 April 2025 17:30.", _day(4, 1), _day(4, 11)),
    Wording(
        "I will be out of the office starting 07/04/2025 and will not return until 14/04/2025.",
        _day(4, 7),
        _day(4, 13),
    ),
    Wording("Out of office\nReturn date: 14 April 2025", last=_day(4, 13)),
    Wording("Thank you for your message. I'm out of the office and will be back on April 14, 2025.", last=_day(4, 13)),
    Wording("Annual leave: 7 April 2025 – 11 April 2025", _day(4, 7), _day(4, 11)),
    Wording("I am driving and cannot answer now. Sent from my iPhone"),
    Wording("I'm on leave and will see your message on my return."),
    Wording("Hi, I'm off this week, back Monday 7th April. Sent from my iPhone", last=_day(4, 6)),
    # Wales
    Wording("Rwyf ar wyliau blynyddol tan ddydd Llun 14 Ebrill.", last=_day(4, 14)),
    Wording("Rwyf allan o'r swyddfa hyd ddydd Gwener 11 Ebrill.", last=_day(4, 11)),
    Wording("Rwy'n allan o’r swyddfa hyd at 11 Ebrill 2025.", last=_day(4, 11)),
    Wording("Byddaf yn ôl ar ddydd Llun 14 Ebrill.", last=_day(4, 13)),
    Wording("Byddaf yn ôl yn y swyddfa ar 14 Ebrill.", last=_day(4, 13)),
    Wording("Rydw i ar wyliau o 7 Ebrill tan 11 Ebrill.", _day(4, 7), _day(4, 11)),
    Wording("Dwi i ffwrdd o ddydd Llun 7 i ddydd Gwener 11 Ebrill.", _day(4, 7), _day(4, 11)),
    Wording("Rwyf i ffwrdd rhwng 7 ac 11 Ebrill.", _day(4, 7), _day(4, 11)),
    Wording("Byddaf yn dychwelyd ar 14eg o Ebrill.", last=_day(4, 13)),
    Wording("Rwyf i ffwrdd tan y 5ed o Fai.", last=_day(5, 5)),
    Wording("RWYF ALLAN O'R SWYDDFA TAN 14 EBRILL", last=_day(4, 14)),
    Wording("Rwyf i ffwrdd tan ddydd Mawrth 15 Gorffennaf.", None, _day(7, 15), "Thu, 3 Jul 2025 09:00:00 +0100"),
    Wording("Rwyf i ffwrdd hyd 3 Fehefin.", None, _day(6, 3), "Tue, 27 May 2025 09:00:00 +0100"),
    Wording("Rwyf allan o'r swyddfa, yn ôl yfory.", last=_day(4, 1)),
    Wording("Rwyf allan o'r swyddfa tan 14 Ebrill. / I am out of the office until 14 April.", last=_day(4, 14)),
    Wording(
        "Diolch am eich e-bost. Rwyf ar absenoldeb tan 14 Ebrill. Os yw'n fater brys, cysylltwch â Siân.",
        last=_day(4, 14),
    ),
]
