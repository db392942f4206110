"""Filling in the form of a task: kept for later, or sent."""

from collections.abc import Mapping
from datetime import date

from core.audit.record import encrypt_for, record
from core.clock import now
from core.db import session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from onboarding.checklists.actions import finish_task
from onboarding.checklists.locks import insist_unlocked
from onboarding.checklists.models import Task, TaskState
from onboarding.checklists.policy import can_fill
from onboarding.checklists.queries import hold_task
from onboarding.task_forms.fields import FieldKind, FormField, fields_from
from onboarding.task_forms.models import TaskAnswer
from onboarding.task_forms.queries import answers_of, may_read

LONGEST = {FieldKind.SHORT: 200, FieldKind.LONG: 4000}


def fill_form(task: Task, values: Mapping[str, str], *, send: bool, by: Person) -> None:
    """Keep what was written, by key of the field; when it is sent, the task is done. Raises Invalid at the field that cannot be as it is."""
    hold_task(task)
    if not can_fill(by, task):
        if task.state is not TaskState.OPEN:
            raise WrongState(_("This form has been sent already. Ask human resources to open it again."))
        raise NotAllowed(_("This task is for somebody else to do."))
    insist_unlocked(task)
    rows = {row.field: row for row in answers_of(task)}
    kept = {key for key, row in rows.items() if not may_read(by, row, task)}  # what one may not read is not emptied by leaving it empty
    fields = [field for field in fields_from(task.fields) if field.key not in kept or values.get(field.key, "").strip()]
    checked = {field.key: _checked(field, values.get(field.key, "").strip(), needed=send and field.required) for field in fields}
    for field in fields:
        _keep(task, field, checked[field.key], rows.get(field.key), by)
    session.flush()
    if send:
        finish_task(task, by=by)
    else:
        record("onboarding.task.written", task, by=by, person=task.checklist.person, changes={"fields": [key for key in checked if checked[key]]})


def _keep(task: Task, field: FormField, value: str, row: TaskAnswer | None, by: Person) -> None:
    if not value:
        if row is not None:
            session.delete(row)
        return
    kept = encrypt_for(task.checklist.person, value) if field.sensitive else value  # which may flush, so before there is a row
    if row is None:
        row = TaskAnswer(task_id=task.id, field=field.key)
        session.add(row)
    row.value = kept
    row.is_encrypted, row.written_at, row.written_by_id = field.sensitive, now(), by.id


def _checked(field: FormField, value: str, *, needed: bool) -> str:
    name = f"answer-{field.key}"
    if not value:
        if needed:
            raise Invalid(_("“%(label)s” is needed.", label=field.label), field=name)
        return ""
    if len(value) > LONGEST.get(field.kind, 200):
        raise Invalid(_("“%(label)s” is too long.", label=field.label), field=name)
    if field.kind is FieldKind.SHORT:
        return " ".join(value.split())
    known = {FieldKind.YES_NO: ("yes", "no"), FieldKind.ONE_OF: field.choices}.get(field.kind)
    if known is not None and value not in known:
        raise Invalid(_("Choose one of the answers to “%(label)s”.", label=field.label), field=name)
    if field.kind is FieldKind.DATE:
        _day(value, field, name)
    if field.kind is FieldKind.NUMBER:
        return _number(value, field, name)
    return value


def _day(value: str, field: FormField, name: str) -> None:
    try:
        sound = 1900 <= date.fromisoformat(value).year < 2200
    except ValueError:
        sound = False
    if not sound:
        raise Invalid(_("“%(label)s” has to be a day.", label=field.label), field=name)


def _number(value: str, field: FormField, name: str) -> str:
    plain = value.replace(" ", "").replace(",", ".")
    if not plain.lstrip("-").replace(".", "", 1).isascii() or not plain.lstrip("-").replace(".", "", 1).isdigit():
        raise Invalid(_("“%(label)s” has to be a number, such as 12 or 1.5.", label=field.label), field=name)
    return plain
