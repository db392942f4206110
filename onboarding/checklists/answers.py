"""What the pages of checklists share: cards for a viewer, answering a form, and where to go after an act."""

from collections.abc import Callable, Collection, Sequence
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
from onboarding.checklists.locks import locks_of
from onboarding.checklists.models import Task
from onboarding.checklists.queries import finished_elsewhere
from onboarding.checklists.standing import Standing, fact_of, standing
from onboarding.templates.labels import PARTS
from onboarding.templates.models import TaskKind
from onboarding.waivers.queries import waivers_asked


def cards_of(tasks: Sequence[Task], viewer: Person, *, on: date, finished: Collection[int] | None = None) -> list[Card]:
    """The tasks as cards for the viewer; `finished` are those done elsewhere, which the other areas are asked for if it is not given."""
    if finished is None:
        finished = finished_elsewhere([fact_of(task) for task in tasks], on=on)
    locks, asked = locks_of(tasks, on=on), waivers_asked(tasks)
    courses = {course.id: course for course in training.public.courses()} if any(task.kind is TaskKind.TRAINING for task in tasks) else {}
    return [
        card(task, viewer, finished=finished, courses=courses, locks=locks.get(task.id, ()), asks_waiver=task.id in asked, on=on) for task in tasks
    ]


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
