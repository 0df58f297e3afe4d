"""Read the values in a programme file that no other file has: ratings, numbers, changes, long texts and grades."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from timeline.programme.inspection import Grade
from timeline.programme.measures import read_number
from timeline.programme.risks import Rating

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]

_CHANGE = r"(?P<number>[+-]\d{1,9}(?:\.\d{1,6})?) ?(?P<percent>%)?"


def read_change(value: Any) -> tuple[Decimal, bool]:
    """Read "-20 %" or "+8" as the number, and whether it is per cent. Raise ValueError with a clause."""
    matched = re.fullmatch(_CHANGE, str(value).strip().replace("−", "-"))
    if not matched:
        raise ValueError(f"found “{value}”, expected a change with its sign, such as -20 % or +8")
    return Decimal(matched["number"]), bool(matched["percent"])


def _rating(value: Any) -> Rating:
    return Rating.read(str(value))


def _grade(value: Any) -> Grade:
    text = str(value).strip().casefold()
    known = {grade.value: grade for grade in Grade} | {"requires improvement": Grade.REQUIRES_IMPROVEMENT}
    if text not in known:
        raise ValueError(f"found “{value}”, expected {', '.join(list(known)[:3])} or {Grade.INADEQUATE.value}")
    return known[text]


Number = Annotated[Decimal, BeforeValidator(read_number), WithJsonSchema({"type": ["number", "string"]})]
Change = Annotated[
    tuple[Decimal, bool],
    BeforeValidator(read_change),
    WithJsonSchema({"type": "string", "description": "A change against the baseline, such as “-20 %” or “+8”."}),
]
RatingWord = Annotated[
    Rating,
    BeforeValidator(_rating),
    WithJsonSchema({"type": "string", "pattern": "^[A-Fa-f][1-4]$", "description": "Such as B2."}),
]
GradeWord = Annotated[Grade, BeforeValidator(_grade), WithJsonSchema({"enum": [grade.value for grade in Grade]})]
