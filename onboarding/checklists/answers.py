"""What the pages of checklists share: cards for a viewer, answering a form, and where to go after an act."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

import training.public
from core.errors import Invalid
from core.people.models import Person
from core.web.forms import Form
from core.web.pages import own_address
from onboarding.checklists.cards import Card, card
from onboarding.checklists.lines import Lists, lists, locked
from onboarding.checklists.locks import locks_of
from onboarding.checklists.models import Checklist, Task
from onboarding.checklists.queries import finished_elsewhere, lines_of, some_tasks
from onboarding.checklists.standing import Standing, fact_of, standing
from onboarding.shadowing.models import Session
from onboarding.templates.labels import PARTS
from onboarding.templates.models import TaskKind
from onboarding.waivers.queries import waivers_asked


def cards_of(tasks: Sequence[Task], viewer: Person, *, on: date, finished: Collection[int] | None = None) -> list[Card]:
    """The tasks as cards for the viewer; `finished` are those done elsewhere, which the other areas are asked for if it is not given."""
    if finished is None:
        finished = finished_elsewhere([fact_of(task) for task in tasks], on=on)
    locks, asked = locks_of(tasks, on=on), waivers_asked(tasks)
    courses = _courses(tasks)
    return [
        card(task, viewer, finished=finished, courses=courses, locks=locks.get(task.id, ()), asks_waiver=task.id in asked, on=on) for task in tasks
    ]


@dataclass(frozen=True)
class OwnTasks:
    """A new hire's own onboarding: how it stands, what is in each list, and the cards of what is shown by inner key."""

    standing: Standing
    lists: Lists
    cards: dict[int, Card]


def own_tasks(checklist: Checklist, viewer: Person, sessions: Sequence[Session], *, on: date, most: int | None) -> OwnTasks:
    """The new hire's tasks, each list but today's no longer than `most`; only what is shown is loaded. `sessions` are their shadowing."""
    lines = lines_of(checklist, viewer)
    facts = [line.fact for line in lines]
    finished = finished_elsewhere(facts, on=on, signed_off=sum(session.counts for session in sessions))
    locks = locked(lines, finished)
    shown = lists(lines, finished, locks, on=on, most=most)
    asked = {line.fact.key for line in lines if line.asks_waiver}
    tasks = some_tasks(checklist, shown.keys)
    courses = _courses(tasks)
    cards = {
        task.id: card(task, viewer, finished=finished, courses=courses, locks=locks.get(task.id, ()), asks_waiver=task.id in asked, on=on)
        for task in tasks
    }
    return OwnTasks(standing(facts, finished, on=on), shown, cards)


def _courses(tasks: Sequence[Task]) -> dict[int, training.public.CourseFact]:
    return {course.id: course for course in training.public.courses()} if any(task.kind is TaskKind.TRAINING for task in tasks) else {}


def standing_and_cards(tasks: Sequence[Task], viewer: Person, *, on: date) -> tuple[Standing, list[Card]]:
    """How an onboarding with all these tasks stands, and its cards; the other areas are asked once."""
    facts = [fact_of(task, owner=_who(task)) for task in tasks]
    finished = finished_elsewhere(facts, on=on)
    return standing(facts, finished, on=on), cards_of(tasks, viewer, on=on, finished=finished)


def _who(task: Task) -> str:
    """Who a task waits for, in a word: a person, a team, or a part."""
    found = task.owner or task.team
    return str(PARTS[task.part]) if found is None else found.name


def answer_with_form(form: Form, act: Callable[[], Any]) -> bool:
    """Check the form and act; whether it was refused, with the reason in the form."""
    if not form.validate_on_submit():
        return True
    try:
        act()
    except Invalid as refusal:
        form.refuse(refusal)
        return True
    return False


def after(endpoint: str, **values: Any) -> ResponseReturnValue:
    """Back to where the act was done, if that is a page of ours, else to the endpoint."""
    return redirect(own_address(request.form.get("next"), otherwise=url_for(endpoint, **values)))
