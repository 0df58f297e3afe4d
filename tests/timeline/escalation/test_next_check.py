"""Test when to look again at what nobody is there for. The task is due on Thu 28 Nov 2019."""

from tests.timeline.builders import answer, council, directory, ladder, milestone, rung
from tests.timeline.literals import at
from timeline.answers.responses import Answer
from timeline.calendar.london import end_of_day
from timeline.definitions.duties import OWNER
from timeline.escalation.ladder import decide
from timeline.escalation.next_check import next_check_at
from timeline.escalation.task_context import task_context

MANAGERS = ("team_manager", "head_of_service", "director", "chief_executive")
LATE = ladder(rung("overdue", "1 after", OWNER), rung("later", "5 after", "programme_lead"))


def test_what_was_declined_and_has_no_line_manager_is_looked_at_the_next_day_and_said_to_the_next_step() -> None:
    """Test that declined in the evening: the morning after it is said to whom the next step tells, not when that step
    is due.
    """
    nobody = council(directory=directory(vacant=MANAGERS))
    declined = [answer(Answer.DECLINED, "Fri 29 Nov 2019 18:30")]
    evening = task_context(nobody, milestone(LATE), (), declined, at=at("Fri 29 Nov 2019 18:30"))
    assert next_check_at(evening, until=evening.at) == at("Sat 30 Nov 2019 00:00")
    monday = task_context(nobody, milestone(LATE), (), declined, at=at("Mon 2 Dec 2019 07:30"))
    assert [prompt.post for prompt in decide(monday, until=end_of_day(monday.at)).prompts] == ["programme_lead"]
