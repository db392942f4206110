"""Forms of development."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from core.people.models import JobRole
from core.web.forms import Form
from core.web.i18n import _l
from onboarding.choices import Marked, labelled, named
from onboarding.development.labels import LEVELS, MEANS
from onboarding.development.models import Competency, MeansKind, Rung

RUNGS = 8


class CompetencyForm(Form):
    """A competency."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("A name is needed.")), Length(max=120)])
    hint = StringField(_l("What it means"), validators=[Length(max=500)])


class MeansForm(Form):
    """Something to do to develop."""

    kind = RadioField(_l("By what"), choices=labelled(MEANS), default=MeansKind.COURSE.value, validators=[InputRequired()])
    course = SelectField(_l("Course"), validators=[Marked(), Optional()])
    goal = SelectField(_l("Goal"), validators=[Marked(), Optional()])
    title = StringField(_l("Programme to shadow, or what to do"), validators=[Marked(), Length(max=200)])
    competency = SelectField(_l("For which competency"), validators=[Optional()])
    due_on = DateField(_l("By when"), validators=[InputRequired(_l("Choose a day."))])


def levels_form(rows: Sequence[tuple[int, str]], known: Mapping[int, int]) -> Form:
    """A level for each competency (inner key and name)."""
    fields: dict[str, Any] = {f"level-{key}": SelectField(name, choices=labelled(LEVELS, empty=_l("None")), default="") for key, name in rows}
    form: Form = type("LevelsForm", (Form,), fields)(**{f"level-{key}": str(level) for key, level in known.items()})
    return form


def levels_in(form: Form, keys: Sequence[int]) -> dict[int, int | None]:
    """What was chosen."""
    return {key: int(form[f"level-{key}"].data) if form[f"level-{key}"].data else None for key in keys}


def ladder_form(rungs: Sequence[Rung], roles: Sequence[JobRole]) -> Form:
    """A role for each step."""
    fields: dict[str, Any] = {
        f"step-{number}": SelectField(_l("Step %(number)d", number=number), choices=named(roles, empty=_l("None")), default="")
        for number in range(1, RUNGS + 1)
    }
    known = {f"step-{number}": str(rung.job_role.public_id) for number, rung in enumerate(rungs, start=1)}
    form: Form = type("LadderForm", (Form,), fields)(**known)
    return form


def competency_rows(rows: Sequence[Competency]) -> list[tuple[int, str]]:
    """What a form of levels asks for."""
    return [(row.id, row.name) for row in rows]
