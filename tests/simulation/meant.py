"""Tell whom a step of a ladder may mean, each held to the ceiling of the class: a second opinion on the
product's own.
"""

from tests.simulation.account import Told
from tests.simulation.ladders import Step
from tests.simulation.reckoning import Task
from tests.simulation.scene import Scene
from timeline.answers.responses import Answer


def step_of(told: Told, task: Task | None) -> Step | None:
    return next((step for step in task.steps if step.key == told.rung), None) if task else None


def meant(told: Told, task: Task, scene: Scene) -> set[str]:
    """Give the people whom a step may mean, each held to the ceiling of the class."""
    step = step_of(told, task)
    if told.rung == "delegated":
        return _with_stand_ins(scene.delegate(task), scene)
    if told.rung == "confirm":
        return _second_persons(task, scene)
    if told.rung == "answer":
        return _helpers(task, scene)
    given: set[str] = set()
    for selector in step.to if step else ("owner",):
        by = set[str]() if step and climbs_too_high(step, selector, task, scene) else by_selector(selector, task, scene)
        given |= by or (_by_later_steps(step, task, scene) if step else set())
    return given


def climbs_too_high(step: Step, selector: str, task: Task, scene: Scene) -> bool:
    """See that no answer alone stays with the line manager, or who stands in, even when they are away."""
    if not step.unless_acknowledged or selector != "line manager of owner":
        return False
    folk = scene.folk
    manager = next((post for post in list(folk.line(task.owner))[1:] if folk.holder(post)), "")
    post, _ = folk.there(selector, task.owner, lambda who: scene.in_circulation(who, task))
    return post not in ("", manager)


def by_selector(selector: str, task: Task, scene: Scene) -> set[str]:
    """Tell who may hear by one selector: nobody when the post is vacant or above the ceiling."""
    declined = selector == "owner" and scene.is_declined(task)
    given = _with_stand_ins(scene.delegate(task), scene) if selector == "owner" and not declined else set()
    if given:
        return given
    chosen = "line manager of owner" if declined else selector
    post, person = scene.folk.there(chosen, task.owner, lambda who: scene.in_circulation(who, task))
    allowed = post and scene.folk.may_hear(task.duty_class.value, task.owner, post)
    return {person} if allowed and not too_high(chosen, post, task, scene) else set()


def _by_later_steps(step: Step, task: Task, scene: Scene) -> set[str]:
    """See that a step that reaches nobody is said to whom a later one would tell."""
    later = (each for each in task.steps if each.key != step.key or each.times)
    selectors = {selector for each in later for selector in each.to}
    if step.unless_acknowledged and by_selector("owner", task, scene):
        selectors &= {"owner", "line manager of owner"}
    return set[str]().union(*(by_selector(selector, task, scene) for selector in selectors))


def _with_stand_ins(person: str, scene: Scene) -> set[str]:
    """Find somebody a task was given to, or who stands in; nobody when neither is there, and it is the owner's
    again.
    """
    if not person or not scene.folk.away(person):
        return {person} - {""}
    return {deputy for deputy in scene.folk.deputies(person) if not scene.folk.away(deputy)}


def _helpers(task: Task, scene: Scene) -> set[str]:
    """Give the owner's managers up to the ceiling, and the programme lead where they are none; one of them who asks for
    help is helped from above, one step.
    """
    folk, managers = scene.folk, list(scene.folk.line(task.owner))[1:]
    above = [post for post in managers if folk.may_hear(task.duty_class.value, task.owner, post)]
    askers = {
        given.person for given in scene.account.answers[task.ref] if given.answer in (Answer.HELP, Answer.DECLINED)
    }
    if task.duty_class.value == "D" and (own := [post for post in managers if folk.holder(post) in askers]):
        above += [post for post in managers[managers.index(own[-1]) + 1 :] if folk.present(post)][:1]
    there = {folk.present(post) for post in (*above, "improvement_programme_lead")} - {""}
    # Where the class lets nobody help who is there, it waits for the managers.
    return there if there - askers else there | {folk.holder(post) for post in above}


def _second_persons(task: Task, scene: Scene) -> set[str]:
    """Tell who may confirm: managers, the owner's deputy and the programme lead's line, but never who did it."""
    folk, deputy = scene.folk, scene.folk.directory.posts[task.owner].deputy
    posts = [*list(folk.line(task.owner))[1:], *([deputy] if deputy else []), *folk.line("improvement_programme_lead")]
    heard = (post for post in posts if folk.may_hear(task.duty_class.value, task.owner, post))
    return {folk.holder(post) for post in heard} - {""} - scene.account.doers(task.ref)


def too_high(selector: str, post: str, task: Task, scene: Scene) -> bool:
    """See that the chief executive hears of class A, from two working days before the due date; whoever stands in for
    an owner who is away is asked at once.
    """
    if scene.folk.level(post) != "chief_executive" or post == task.owner or task.due_on is None:
        return False
    too_early = selector != "owner" and scene.folk.on < scene.days.after(task.due_on, -2)
    return task.duty_class.value != "A" or too_early
