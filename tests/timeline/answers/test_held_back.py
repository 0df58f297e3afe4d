"""Test what looks like a child, a family or a case never gets past the page."""

import pytest

from timeline.answers.case_details import refusal

NHS, BIRTH, CASE = "an NHS number", "a date of birth", "a case number"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("943 476 5919", NHS),
        ("see 943-476-5919 please", NHS),
        ("https://files.council.example/9434765919/plan", NHS),
        ("Jo, dob 12/03/2011", BIRTH),
        ("DOB: 12.3.11", BIRTH),
        ("d.o.b. 2011-03-12", BIRTH),
        ("her date of birth is 12th March 2011", BIRTH),
        ("born on\n12 Mar 2011", BIRTH),
        ("12/03/2011 (dob)", BIRTH),
        ("case number 123456", CASE),
        ("Case no. 2019/12345", CASE),
        ("case ref: ABC/12345", CASE),
        ("child id 40213", CASE),
        ("Family 123456", CASE),
        ("hearing ME19C01234", CASE),
    ],
)
def test_held_back(text: str, what: str) -> None:
    assert refusal(text) == f"Take out what looks like {what}. Do not name a child, a family or a case"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "943 476 5918",  # the check digit is wrong
        "01634 306000",
        "+44 1634 306000",
        "29434765919",  # eleven digits
        "https://files.council.example/plan-2019-11-28.docx?id=1234567",
        "Cabinet, 3 September 2019, item 6",
        "Minutes of 12/03/2019",
        "We saw 12 cases, 3 of them over 16 weeks",
        "The case for more time: 2 weeks",
        "Improvement Board 14/11/2019, reborn in 2020",
        "children 2019",
        "SI 2007/462 reg 3",
        "EIA 2006 s.137(3)",
    ],
)
def test_let_through(text: str) -> None:
    assert refusal(text) is None
