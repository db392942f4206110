"""Making a template of YAML: names are looked up here, and the result is a draft."""

from collections.abc import Iterable
from typing import Any, TypeVar

from werkzeug.datastructures import FileStorage

import training.public
from core.audit.record import record
from core.clock import today
from core.db import session
from core.errors import Invalid
from core.people import queries as people
from core.people.models import EmploymentType, Person
from core.web.i18n import _
from onboarding.moments import Moment
from onboarding.policies.queries import policies
from onboarding.task_forms.fields import FieldKind, FormField
from onboarding.teams.queries import teams
from onboarding.templates import reading
from onboarding.templates.actions import Match, TaskText, link_of, write_template
from onboarding.templates.dependencies import insist_on_sound_links
from onboarding.templates.models import DocumentRule, Phase, TaskKind, Template, TemplateTask
from onboarding.templates.models import Part as Role
from onboarding.templates.queries import draft_of, links_of_others, name_is_taken
from onboarding.templates.reading import Part
from onboarding.templates.wording import checked

Row = TypeVar("Row")
CRITERIA = ("job_roles", "departments", "places", "contracts")
FIELD = ("name", "key", "kind", "required", "sensitive", "choices")
TASK = (
    "key", "title", "kind", "owner", "phase", "days", "after", "waits_for", "required", "minutes", "instructions", "policy", "course", "files",
    "expires", "fields", "letter", "item", "moment", "for",
)  # fmt: skip


def import_template(upload: FileStorage | None, *, by: Person) -> Template:
    """A new template whose draft is what the file says. Raises Invalid that names the place of the first mistake."""
    if upload is None or not upload.filename:
        raise Invalid(_("Choose a file first."), field="file")
    whole = reading.part_of(reading.read_yaml(upload.stream.read(reading.LARGEST + 1)), "", ("name", "for", "tasks"))
    known = _Known()
    name = whole.text("name", needed=True)
    if name_is_taken(name):
        raise whole.refuse("name", _("There is a template with this name already."))
    template = write_template(name=name[:120], match=known.match(whole.part("for", CRITERIA)), by=by)
    draft = draft_of(template)
    assert draft is not None, "a template begins with a draft"
    for position, part in enumerate(whole.parts("tasks", TASK, _place_of), start=1):
        task = _task(part, known, position)
        if any(other.key == task.key for other in draft.tasks):
            raise part.refuse("key", _("“%(key)s” stands in this file twice.", key=task.key))
        draft.tasks.append(task)
    try:
        insist_on_sound_links([link_of(task) for task in draft.tasks], links_of_others(template))
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field="file") from None
    session.flush()
    record("onboarding.template.imported", template, by=by, changes={"tasks": len(draft.tasks)})
    return template


class _Known:
    """What names in a file may refer to, each asked for once."""

    def __init__(self) -> None:
        self.job_roles = {row.name: row for row in people.job_roles()}
        self.departments = {row.name: row for row in people.departments()}
        self.places = {row.name: row for row in people.locations()}
        self.policies = {row.title: row for row in policies()}
        self.courses = {course.code: course.id for course in training.public.courses()}
        self.teams = {row.name: row for row in teams()}
        self.people = {row.email.casefold(): row for row in people.employees(on=today())}

    def match(self, part: Part) -> Match:
        contracts = part.texts("contracts")
        unknown = next((word for word in contracts if word not in set(EmploymentType)), None)
        if unknown is not None:
            raise part.refuse("contracts", _("“%(found)s” is not one of: %(words)s.", found=unknown[:80], words=", ".join(EmploymentType)))
        return Match(
            job_roles=[_found(part, "job_roles", self.job_roles, name) for name in _each(part.texts("job_roles"))],
            departments=[_found(part, "departments", self.departments, name) for name in _each(part.texts("departments"))],
            locations=[_found(part, "places", self.places, name) for name in _each(part.texts("places"))],
            employment_types=[EmploymentType(word) for word in _each(contracts)],
        )


def _task(part: Part, known: _Known, position: int) -> TemplateTask:
    role, named, team = _owner(part, known)
    title = part.text("title", needed=True)
    policy, course, moment = part.text("policy"), part.text("course"), part.text("moment")
    text = TaskText(
        title=title,
        phase=part.member("phase", Phase, None),
        kind=part.member("kind", TaskKind, TaskKind.TICK),
        part=role,
        offset_days=part.whole("days") or 0,
        instructions=part.text("instructions"),
        required=part.flag("required", otherwise=True),
        document_rule=part.member("files", DocumentRule, DocumentRule.DOCUMENT),
        policy=_found(part, "policy", known.policies, policy) if policy else None,
        course_id=_found(part, "course", known.courses, course) if course else None,
        key=part.text("key"),
        waits_for=part.texts("waits_for"),
        due_after=part.text("after"),
        minutes=part.whole("minutes"),
        asks_expiry=part.flag("expires", otherwise=False),
        fields=[_field(field) for field in part.parts("fields", FIELD, lambda number, _one: _("field %(number)d", number=number))],
        letter=part.text("letter"),
        item=part.text("item"),
        moment=part.member("moment", Moment, None) if moment else None,
        named=named,
        team=team,
        match=known.match(part.part("for", CRITERIA)),
    )
    try:
        return TemplateTask(position=position, criteria=text.match.criteria(), attachments=[], **checked(text))
    except Invalid as refusal:
        raise part.refuse("", str(refusal.sentence)) from None


def _field(part: Part) -> FormField:
    return FormField(
        key=part.text("key"),
        label=part.text("name", needed=True),
        kind=part.member("kind", FieldKind, FieldKind.SHORT),
        required=part.flag("required", otherwise=True),
        sensitive=part.flag("sensitive", otherwise=False),
        choices=tuple(part.texts("choices")),
    )


def _owner(part: Part, known: _Known) -> tuple[Role, Any, Any]:
    if not isinstance(part.values.get("owner"), dict):
        role = part.member("owner", Role, Role.NEW_HIRE)
        if role in (Role.PERSON, Role.TEAM):
            raise part.refuse("owner", _("say who: “person:” with an address, or “team:” with a name."))
        return role, None, None
    inner = part.part("owner", ("person", "team"))
    if len(inner.values) != 1:
        raise part.refuse("owner", _("say who: “person:” with an address, or “team:” with a name."))
    if "person" in inner.values:
        return Role.PERSON, _found(inner, "person", known.people, inner.text("person", needed=True).casefold()), None
    return Role.TEAM, None, _found(inner, "team", known.teams, inner.text("team", needed=True))


def _found(part: Part, key: str, rows: dict[str, Row], name: str) -> Row:
    if name not in rows:
        raise part.refuse(key, _("“%(name)s” is not known here.", name=name[:120]))
    return rows[name]


def _each(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _place_of(number: int, one: Any) -> str:
    name = one.get("key") or one.get("title") if isinstance(one, dict) else ""
    return _("task %(number)d (%(name)s)", number=number, name=str(name)[:60]) if name else _("task %(number)d", number=number)
