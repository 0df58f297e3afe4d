"""Test a task that several posts have: one for each; what is wrong with such a task is said in one sentence."""

from pathlib import Path

import pytest

from tests.config.files import PACK, TIMELINE, broken, examined
from timeline.definitions.duties import MilestoneRule

DRAFT = "draft: {title: A draft, when: 10 working days before due, asks: Draft it.}"
SEVERAL = DRAFT.replace("asks:", "owners: [officer, manager], asks:")
READ = "      read: {title: Read, when: 2 working days after draft, asks: Read it.}\n"


def tasks(folder: Path, pack: str) -> dict[str, MilestoneRule]:
    whole = examined(folder, pack=pack)
    assert whole.faults == ()
    assert whole.timeline is not None
    plan = next(duty for duty in whole.timeline.obligations if duty.key == "plan")
    return {rule.key: rule for rule in plan.milestones}


def test_it_becomes_one_task_for_each_post_in_its_place(tmp_path: Path) -> None:
    made = tasks(tmp_path, broken(PACK, (DRAFT, SEVERAL)))
    assert list(made) == ["draft-officer", "draft-manager", "sent"]
    assert [(rule.owner, rule.title, rule.whose, rule.shared) for rule in made.values()] == [
        ("officer", "A draft", "Officer", "draft"),
        ("manager", "A draft", "Manager", "draft"),
        ("officer", "Sent", "", ""),
    ]
    assert made["draft-officer"].ladder == made["draft-manager"].ladder
    assert made["draft-officer"].when == made["draft-manager"].when == "10 working days before due"


def test_a_council_replaces_the_rule_of_all_of_them_by_the_name_it_is_written_under(tmp_path: Path) -> None:
    own = f"{TIMELINE}rules: {{plan/draft: 20 working days before due}}\n"
    pack = broken(PACK, (DRAFT, SEVERAL))
    timeline = examined(tmp_path, pack=pack, timeline=own).timeline
    assert timeline is not None
    whens = {rule.when for duty in timeline.obligations for rule in duty.milestones if rule.shared == "draft"}
    assert whens == {"20 working days before due"}


@pytest.mark.parametrize(
    ("draft", "key", "text"),
    [
        (
            DRAFT.replace("asks:", "owner: officer, owners: [officer, manager], asks:"),
            "obligations.plan.milestones.draft.owners",
            "Found “owner” and “owners”; expected one of them.",
        ),
        (
            DRAFT.replace("asks:", "owners: [officer, officer], asks:"),
            "obligations.plan.milestones.draft.owners",
            "The post “officer” stands twice; expected each once.",
        ),
        (
            DRAFT.replace("asks:", "owners: [officer], asks:"),
            "obligations.plan.milestones.draft.owners",
            "expected at least 2 entries",
        ),
        (
            DRAFT.replace("asks:", "owners: [], asks:"),
            "obligations.plan.milestones.draft.owners",
            "expected at least 2 entries",
        ),
        (
            DRAFT.replace("asks:", "owners: [officer, manger], asks:"),
            "obligations.plan.milestones.draft.owners",
            "There is no post “manger”. Did you mean “manager”?",
        ),
        (
            f"{SEVERAL}\n      draft-officer: {{title: Another, when: by due, asks: Do it.}}",
            "obligations.plan.milestones.draft.owners",
            "There is another task “draft-officer”, expected another name.",
        ),
        (
            SEVERAL.replace("draft:", f"{'d' * 60}:"),
            f"obligations.plan.milestones.{'d' * 60}.owners",
            "is too long for the name of a task, expected a shorter one.",
        ),
    ],
)
def test_a_fault(tmp_path: Path, draft: str, key: str, text: str) -> None:
    (fault, *_) = examined(tmp_path, pack=broken(PACK, (DRAFT, draft))).faults
    assert (fault.file, fault.key) == ("small.yaml", key)
    assert text in fault.text


def test_all_faults_at_once_and_the_ceiling_is_measured_for_each(tmp_path: Path) -> None:
    wrong = DRAFT.replace("asks:", "owner: officer, owners: [officer, nobody, officer], asks:")
    told = examined(tmp_path, pack=broken(PACK, (DRAFT, wrong))).told
    assert len([each for each in told if "plan.milestones.draft.owners" in each]) == 3
    papers = "papers: {title: Papers, when: 3 working days before due, asks: Send them.}"
    several = papers.replace("asks:", "owners: [officer, manager], asks:")
    told = examined(tmp_path, pack=broken(PACK, (papers, several))).told
    # The manager's own line manager is the director, above the ceiling of class C; the officer's is not.
    assert len([each for each in told if "above the ceiling of class C" in each]) == 2


def test_a_sibling_counts_from_it_under_the_name_it_is_written_under(tmp_path: Path) -> None:
    made = tasks(tmp_path, broken(PACK, (DRAFT, f"{SEVERAL}\n{READ.rstrip()}")))
    assert made["read"].when == "2 working days after draft"
