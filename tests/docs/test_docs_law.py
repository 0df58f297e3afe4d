"""Test docs/law.md reads every rule of the pack against its text, and that no rule can drift from it."""

import re
from dataclasses import replace
from datetime import date

from config.settings import ROOT
from tests.config.medway import medway
from tests.docs import law_page
from tests.timeline.builders import fact
from tests.timeline.literals import at, day
from timeline.definitions.standing import Certainty, RuleKind
from timeline.planning.explanation import of_milestone
from timeline.planning.plan import plan


def test_the_page_is_made_from_the_pack_as_it_is() -> None:
    assert law_page.PAGE.read_text() == law_page.page(), "docs/law.md is not made from the pack: run make docs."


def test_every_rule_of_the_pack_has_its_row_and_every_row_its_rule() -> None:
    rows = re.findall(r"^\| `([a-z0-9/-]+)` \|", law_page.PAGE.read_text(), re.MULTILINE)
    sourced = {name for name, _, shape in law_page.rules() if not shape.standing.is_own}
    duties = set(law_page.pack().obligations)
    assert sorted(rows) == sorted(sourced | duties)


def test_what_is_called_verified_was_read_and_what_was_not_read_says_how_it_is_known() -> None:
    for name, _, shape in law_page.rules():
        texts = [law_page.pack().texts[key] for key in shape.texts]
        if shape.standing.certainty is Certainty.VERIFIED and not shape.standing.is_own:
            assert texts, name
            assert all(text.read for text in texts), name
    for text in law_page.pack().texts.values():
        assert text.read or text.known_by, text.provision
        assert text.read is None or text.read >= date(2026, 11, 30)


def test_the_three_texts_of_law_at_second_hand_are_marked_on_the_page_and_in_why() -> None:
    page = law_page.PAGE.read_text()
    for task, text, part in (
        ("action-plan/1/submitted", "si-2007-462-reg-3", "the 70 working days"),
        ("cabinet-report/1/notice", "si-2012-2089-reg-9", "the 28 clear days of paragraph (2) are secondary"),
        ("scrutiny-report/1/agenda", "lga-1972-part-va", "s.100B(4)(b) on urgent business"),
    ):
        known_by = law_page.pack().texts[text].known_by
        assert "secondary: not read" in known_by
        assert part in page
        meeting = fact("scrutiny_meeting", "Tue 8 Oct 2019", known="Mon 2 Sep 2019 09:00", of="scrutiny-report/1")
        timeline = replace(medway(), facts=(*medway().facts, meeting))
        planned = plan(timeline, at=at("Wed 4 Sep 2019 09:00"), until=day("Tue 31 Dec 2019"))
        (of,) = (each for occurrence in planned for each in occurrence.milestones if each.ref == task)
        assert known_by in " ".join(of_milestone(of, timeline))


def test_each_text_is_used_and_law_stands_at_the_publisher_of_the_law() -> None:
    used = {key for _, _, shape in law_page.rules() for key in shape.texts}
    assert used == set(law_page.pack().texts)
    for name, _, shape in law_page.rules():
        if shape.standing.kind is RuleKind.LAW:
            places = [law_page.pack().texts[key].address for key in shape.texts]
            assert all(place.startswith("https://www.legislation.gov.uk/") for place in places), name


def test_the_version_says_what_changed_and_why() -> None:
    assert f"{law_page.pack().version}" in law_page.pack().changes
    assert "docs/law.md" in (ROOT / "config/rules/england-ilacs.yaml").read_text()
