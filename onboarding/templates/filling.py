"""Forms of templates filled with what is kept, and what was typed read back from them."""

from collections.abc import Iterable
from typing import Any, TypeVar

import training.public
from core.clock import today
from core.people import queries as people
from core.people.choosing import choose_person
from core.people.choosing import text_of as person_text
from core.people.models import EmploymentType, Person
from core.web.i18n import _
from onboarding.choices import chosen_from, named
from onboarding.moments import Moment
from onboarding.policies.queries import policies
from onboarding.task_forms.fields import MOST_FIELDS, FieldKind, FormField
from onboarding.teams.queries import teams
from onboarding.templates.forms import MatchForm, TemplateForm, TemplateTaskForm
from onboarding.templates.models import DocumentRule, Part, Phase, TaskKind, Template, TemplateCriterion, TemplateTask, TemplateVersion
from onboarding.templates.queries import links_of_others
from onboarding.templates.wording import Match, TaskText

Row = TypeVar("Row")
BLANK_FIELDS = 3


def template_form(template: Template | None) -> TemplateForm:
    """The form of a template, with what it says now."""
    known: dict[str, Any] = {}
    if template is not None:
        known = {"name": template.name, "is_active": template.is_active, "version": template.version, **_ticked(template.criteria)}
    form = TemplateForm(data=known)
    _offer_match(form)
    return form


def match_of(form: MatchForm) -> Match:
    """Whom it is for, as ticked."""
    return Match(
        job_roles=_chosen(people.job_roles(), form.job_roles.data),
        departments=_chosen(people.departments(), form.departments.data),
        locations=_chosen(people.locations(), form.locations.data),
        employment_types=[EmploymentType(value) for value in form.employment_types.data or ()],
    )


def task_form(task: TemplateTask | None, template: Template, version: TemplateVersion | None, *, typed: bool = True) -> TemplateTaskForm:
    """The form of a task, with what was typed, else what it says now, and the other tasks it may wait for."""
    courses = training.public.courses()
    known: dict[str, Any] = {}
    if task is not None:
        columns = ("title", "offset_days", "required", "instructions", "key", "version", "waits_for", "due_after", "minutes", "asks_expiry")
        known = {name: getattr(task, name) for name in (*columns, "letter", "item")}
        known |= {name: getattr(task, name).value for name in ("kind", "part", "phase", "document_rule")}
        known |= {name: str(found.public_id) if (found := getattr(task, name)) else "" for name in ("policy", "team")}
        known["named"] = person_text(task.named)
        known["course"] = next((str(course.public_id) for course in courses if course.id == task.course_id), "")
        known["moment"] = task.moment.value if task.moment else ""
        known["fields"] = [{**row, "choices": "\n".join(row["choices"])} for row in task.fields]
        known |= _ticked(task.criteria)
    form = TemplateTaskForm(data=known) if typed else TemplateTaskForm(formdata=None, data=known)
    if not typed or not form.is_submitted():
        for _blank in range(min(BLANK_FIELDS, MOST_FIELDS - len(form.fields))):
            form.fields.append_entry()
    _offer_match(form)
    form.policy.choices = named(policies(), "title", empty=_("None"))
    form.course.choices = chosen_from(((str(course.public_id), f"{course.title} ({course.code})") for course in courses), empty=_("None"))
    form.team.choices = named(teams(), empty=_("None"))
    others = _others(task, template, version)
    form.waits_for.choices = chosen_from(others.items())
    form.due_after.choices = chosen_from(others.items(), empty=_("The first day"))
    return form


def text_of(form: TemplateTaskForm, before: Person | None = None) -> TaskText:
    """What was typed about a task; who was named before may go on being. Raises Invalid where nobody is meant by a name."""
    return TaskText(
        title=form.title.data,
        phase=Phase(form.phase.data),
        kind=TaskKind(form.kind.data),
        part=Part(form.part.data),
        offset_days=form.offset_days.data,
        instructions=form.instructions.data or "",
        required=form.required.data,
        document_rule=DocumentRule(form.document_rule.data),
        policy=next((found for found in policies() if str(found.public_id) == form.policy.data), None),
        course_id=next((course.id for course in training.public.courses() if str(course.public_id) == form.course.data), None),
        key=form.key.data or "",
        waits_for=form.waits_for.data or (),
        due_after=form.due_after.data or "",
        minutes=form.minutes.data,
        asks_expiry=form.asks_expiry.data,
        fields=_fields(form),
        letter=form.letter.data or "",
        item=form.item.data or "",
        moment=Moment(form.moment.data) if form.moment.data else None,
        named=choose_person(form.named.data, on=today(), field="named", also=[before]),
        team=next((found for found in teams() if str(found.public_id) == form.team.data), None),
        match=match_of(form),
    )


def _fields(form: TemplateTaskForm) -> list[FormField]:
    return [
        FormField(
            part.key.data or "",
            part.label.data.strip(),
            FieldKind(part.kind.data),
            part.required.data,
            part.sensitive.data,
            tuple(line for line in (part.choices.data or "").splitlines() if line.strip()),
        )
        for part in (entry.form for entry in form.fields.entries)
        if (part.label.data or "").strip()
    ]


def _others(task: TemplateTask | None, template: Template, version: TemplateVersion | None) -> dict[str, str]:
    """Titles by key: the tasks of this version first, then those of other templates."""
    own = {other.key: other.title for other in (version.tasks if version else ()) if task is None or other.id != task.id}
    return own | {
        link.key: _("%(title)s (in another template)", title=link.title)
        for link in links_of_others(template)
        if link.key not in own and (task is None or link.key != task.key)
    }


def _offer_match(form: MatchForm) -> None:
    form.job_roles.choices = named(people.job_roles())
    form.departments.choices = named(people.departments())
    form.locations.choices = named(people.locations())


def _ticked(criteria: Iterable[TemplateCriterion]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"job_roles": [], "departments": [], "locations": [], "employment_types": []}
    for criterion in criteria:
        if criterion.employment_type is not None:
            found["employment_types"].append(criterion.employment_type.value)
        else:
            name, row = next((name, row) for name in ("job_role", "department", "location") if (row := getattr(criterion, name)) is not None)
            found[f"{name}s"].append(str(row.public_id))
    return found


def _chosen(rows: Iterable[Row], wanted: Iterable[str] | None) -> list[Row]:
    return [row for row in rows if str(row.public_id) in (wanted or ())]  # type: ignore[attr-defined]
