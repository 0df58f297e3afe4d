"""Test whether somebody is there: nobody in a post at all cannot be used, a vacancy is a warning."""

from pathlib import Path

import pytest

from config.timeline_files.faults import FaultLevel
from tests.config.files import PACK, TIMELINE, broken, examined

ANNA = "anna: {name: Anna, address: anna@council.example, holds: officer}"


def of_anna(tmp_path: Path, holds: str, *more: str) -> list[tuple[str, str]]:
    """Give level and sentence of every fault when Anna holds this."""
    people = "\n  ".join([ANNA.replace("holds: officer", f"holds: {holds}"), *more])
    faults = examined(tmp_path, timeline=broken(TIMELINE, (ANNA, people))).faults
    assert {fault.file for fault in faults} <= {"council.yaml"}
    return [(fault.level.value, f"{fault.key}: {fault.text}") for fault in faults]


BY_HER = "its line manager is told instead."


def test_a_post_nobody_holds_is_an_error(tmp_path: Path) -> None:
    result = examined(tmp_path, timeline=broken(TIMELINE, (ANNA, ANNA.replace(", holds: officer", ""))))
    assert [(fault.level, str(fault)) for fault in result.faults] == [
        (
            FaultLevel.ERROR,
            "council.yaml: posts.officer: Nobody holds the post Officer; expected a person with “holds: officer”.",
        )
    ]


def test_a_post_nobody_asks_for_may_be_vacant(tmp_path: Path) -> None:
    assert examined(tmp_path).faults == ()  # nobody is chief executive here, and no rung reaches one


@pytest.mark.parametrize(
    ("rung", "post"),
    [("to: director", "director"), ("to: chief_executive", "chief_executive")],
)
def test_a_post_that_a_rung_names_has_to_be_held(tmp_path: Path, rung: str, post: str) -> None:
    steep = broken(
        PACK,
        ("to: [owner, line manager of owner]", f"to: [owner, {post}]"),
        ("    class: B\n", "    class: A\n"),
        ("    class: C\n", "    class: A\n"),
    )
    told = examined(tmp_path, pack=steep).told
    assert [each for each in told if f"posts.{post}: Nobody holds" in each] == (
        [
            "council.yaml: posts.chief_executive: Nobody holds the post Chief executive; expected a person with "
            "“holds: chief_executive”."
        ]
        if post == "chief_executive"
        else []
    )


def test_a_holder_of_no_post_is_told(tmp_path: Path) -> None:
    assert of_anna(tmp_path, "[officer, oficer]") == [
        ("error", "people.anna.holds[1]: There is no post “oficer”. Did you mean “officer”?")
    ]


@pytest.mark.parametrize(
    ("holds", "more", "vacant"),
    [
        ("[{post: officer, from: 2019-08-27}]", [], ""),
        ("[{post: officer, until: 2030-01-31}]", [], "from Friday 1 February 2030;"),
        # Before the first holder comes: from today, or from the day of going live.
        (
            "[{post: officer, from: 2019-09-02}]",
            [],
            "from Tuesday 27 August 2019 to Sunday 1 September 2019;",
        ),
        (
            "[{post: officer, until: 2019-10-31}]",
            ["dora: {name: Dora, address: dora@council.example, holds: [{post: officer, from: 2019-11-01}]}"],
            "",
        ),
        (
            "[{post: officer, until: 2019-10-31}]",
            ["dora: {name: Dora, address: dora@council.example, holds: [{post: officer, from: 2019-11-02}]}"],
            "from Friday 1 November 2019 to Friday 1 November 2019;",
        ),
        # A long holding covers a short one inside it.
        (
            "[{post: officer, until: 2019-12-31}]",
            [
                "dora: {name: Dora, address: dora@council.example, "
                "holds: [{post: officer, from: 2019-09-01, until: 2019-09-30, acting: true}]}",
                "emma: {name: Emma, address: emma@council.example, holds: [{post: officer, from: 2020-01-01}]}",
            ],
            "",
        ),
    ],
)
def test_a_vacancy_is_a_warning_with_its_days(tmp_path: Path, holds: str, more: list[str], vacant: str) -> None:
    expected = [("warning", f"posts.officer: The post Officer is vacant {vacant} {BY_HER}")] if vacant else []
    assert of_anna(tmp_path, holds, *more) == expected


def test_vacancies_before_going_live_do_not_matter(tmp_path: Path) -> None:
    live = broken(
        TIMELINE,
        (ANNA, ANNA.replace("holds: officer", "holds: [{post: officer, from: 2019-09-02}]")),
        ("pack: small\n", "pack: small\nlive_from: 2019-09-02\n"),
    )
    assert examined(tmp_path, timeline=live).faults == ()


def test_a_last_day_before_the_first_is_an_error(tmp_path: Path) -> None:
    told = of_anna(tmp_path, "[{post: officer, from: 2019-09-02, until: 2019-09-01}, officer]")
    assert ("error", "people.anna.holds[0]: The last day in post, 2019-09-01, is before the first.") in told


def test_a_line_manager_who_is_no_post_is_told(tmp_path: Path) -> None:
    pack = broken(PACK, ("line_manager: manager}", "line_manager: manger}"))
    assert (
        "council.yaml: posts.officer.line_manager: There is no post “manger”. Did you mean “manager”?"
        in examined(tmp_path, pack=pack).told
    )


@pytest.mark.parametrize(
    ("old", "new", "posts"),
    [
        ("level: chief_executive}", "level: chief_executive, line_manager: director}", ["chief_executive", "director"]),
        ("{title: Officer, line_manager: manager}", "{title: Officer, line_manager: officer}", ["officer"]),
    ],
)
def test_a_line_that_bites_its_own_tail_is_told_of_its_posts_only(
    tmp_path: Path, old: str, new: str, posts: list[str]
) -> None:
    faults = [fault for fault in examined(tmp_path, pack=broken(PACK, (old, new))).faults if "bites" in fault.text]
    assert [fault.key for fault in faults] == [f"posts.{post}.line_manager" for post in posts]
    assert {fault.text for fault in faults} == {"Its line of managers bites its own tail."}


def test_an_owner_without_a_line_manager_is_a_warning(tmp_path: Path) -> None:
    pack = broken(PACK, ("{title: Officer, line_manager: manager}", "{title: Officer}"))
    assert [(fault.level.value, str(fault)) for fault in examined(tmp_path, pack=pack).faults] == [
        ("warning", "council.yaml: posts.officer.line_manager: Officer has none, so nobody is told what is open.")
    ]


def test_a_programme_lead_is_needed_and_has_to_be_a_post(tmp_path: Path) -> None:
    unknown = broken(TIMELINE, ("programme_lead: manager", "programme_lead: leader"))
    assert (
        "council.yaml: council.programme_lead: There is no post “leader”. Did you mean “lead_member”?"
        in examined(tmp_path, timeline=unknown).told
    )
    vacant = broken(TIMELINE, ("programme_lead: manager", "programme_lead: chief_executive"))
    assert "posts.chief_executive: Nobody holds" in examined(tmp_path, timeline=vacant).told[0]


def test_titles_levels_and_managers_are_the_councils_to_change(tmp_path: Path) -> None:
    own = broken(TIMELINE, ("people:\n", "posts:\n  director: {title: Director of People}\npeople:\n"))
    timeline = examined(tmp_path, timeline=own).timeline
    assert timeline is not None
    director = timeline.directory.posts["director"]
    assert (director.title, director.level.value, director.line_manager) == (
        "Director of People",
        "director",
        "chief_executive",
    )
