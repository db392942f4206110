"""What the pages of checklists share: cards for a viewer, answering a form, and where to go after an act."""

from collections.abc import Callable, Sequence
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
from onboarding.checklists.models import Task
from onboarding.checklists.queries import finished_elsewhere
from onboarding.checklists.standing import fact_of
from onboarding.templates.models import TaskKind


def cards_of(tasks: Sequence[Task], viewer: Person, *, on: date, asked: bool = True) -> list[Card]:
    """The tasks as cards for the viewer; `asked=False` when those done elsewhere have been left out already."""
    finished: set[int] = set()
    if asked:
        finished = finished_elsewhere([fact_of(task) for task in tasks], on=on)
    courses = {course.id: course for course in training.public.courses()} if any(task.kind is TaskKind.TRAINING for task in tasks) else {}
    return [card(task, viewer, finished=finished, courses=courses, on=on) for task in tasks]


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
