"""The page of a single task, with what its kind needs; also shown when something done on it was refused."""

from typing import Any

from flask import g
from flask.typing import ResponseReturnValue

from core.clock import now, today
from core.errors import Invalid
from core.people.models import Person
from core.web.forms import Form
from core.web.pages import page
from onboarding.checklists import policy
from onboarding.checklists.answers import cards_of
from onboarding.checklists.forms import AcknowledgeForm, HandInForm, ReasonForm
from onboarding.checklists.history import history_of
from onboarding.checklists.models import Task
from onboarding.grants.forms import GrantForm
from onboarding.grants.queries import grants_of
from onboarding.meetings.forms import MeetingForm
from onboarding.meetings.queries import find_meeting
from onboarding.policies.queries import latest_acknowledgement, version_in_force
from onboarding.signatures.actions import hash_of, text_to_sign
from onboarding.signatures.forms import SignForm
from onboarding.signatures.queries import find_signature
from onboarding.task_forms.fields import fields_from
from onboarding.task_forms.forms import AnswerForm, answer_form
from onboarding.task_forms.queries import written_in
from onboarding.templates.models import TaskKind
from onboarding.templates.queries import attachments_of
from onboarding.waivers.actions import USUAL
from onboarding.waivers.forms import WaiveForm
from onboarding.waivers.models import WaiverState
from onboarding.waivers.queries import waivers_of


def task_page(task: Task, form: Form | None, *, status: int | None = None) -> ResponseReturnValue:
    """The task's page; `form` is the one that was refused, if any."""
    person, day = task.checklist.person, today(g.person.time_zone)
    edition = version_in_force(task.policy_id) if task.kind is TaskKind.POLICY and task.policy_id else None
    acknowledge_form = form if isinstance(form, AcknowledgeForm) else AcknowledgeForm(formdata=None)
    if edition is not None:
        acknowledge_form.sha256.data = edition.sha256
    reason_form = form if isinstance(form, ReasonForm) else ReasonForm(formdata=None)
    reason_form.version.data, reason_form.version.raw_data = task.version, None
    waivers = waivers_of(task)
    asked = next((waiver for waiver in waivers if waiver.state is WaiverState.ASKED), None)
    return page(
        "onboarding/checklists/task.html",
        form=form,
        status=status,
        task=task,
        card=cards_of([task], g.person, on=day)[0],
        day=day,
        sees_checklist=policy.sees_checklist(g.person, task.checklist),
        edition=edition,
        acknowledgement=latest_acknowledgement(task.policy_id, person.id) if task.policy_id else None,
        acknowledge_form=acknowledge_form,
        reason_form=reason_form,
        hand_in=form if isinstance(form, HandInForm) else HandInForm(formdata=None),
        waive_form=form if isinstance(form, WaiveForm) else WaiveForm(formdata=None, until=day + USUAL),
        waivers=waivers,
        can_decide=asked is not None and policy.can_decide_waiver(g.person, task, asked.asked_by_id),
        can_run=policy.can_run(g.person),
        moves=history_of(task),
        attachments=attachments_of(task.template_task_id),
        particulars=_particulars(task, g.person, form),
    )


def _particulars(task: Task, viewer: Person, form: Form | None) -> dict[str, Any]:
    """What only the page of one kind of task shows."""
    shown = {TaskKind.FORM: _form, TaskKind.SIGNATURE: _signature, TaskKind.REQUEST: _grant, TaskKind.MEETING: _meeting}.get(task.kind)
    return shown(task, viewer, form) if shown else {}


def _form(task: Task, viewer: Person, form: Form | None) -> dict[str, Any]:
    written = written_in(task, viewer)
    known = {one.field.key: one.value for one in written if one.value is not None}
    answers = form if isinstance(form, AnswerForm) else answer_form(fields_from(task.fields), known, typed=False)
    return {"written": written, "answers": answers}


def _signature(task: Task, viewer: Person, form: Form | None) -> dict[str, Any]:
    signature = find_signature(task)
    sign_form = form if isinstance(form, SignForm) else SignForm(formdata=None)
    text, missing = "", ""
    if signature is None and policy.can_see_signed(viewer, task):
        try:
            text = text_to_sign(task)
        except Invalid as refusal:
            missing = str(refusal.sentence)
    sign_form.sha256.data = hash_of(text)
    return {"signature": signature, "text": text, "missing": missing, "form": sign_form, "can_see_signed": policy.can_see_signed(viewer, task)}


def _grant(task: Task, _viewer: Person, form: Form | None) -> dict[str, Any]:
    return {"grants": grants_of(task), "form": form if isinstance(form, GrantForm) else GrantForm(formdata=None)}


def _meeting(task: Task, _viewer: Person, form: Form | None) -> dict[str, Any]:
    booking = find_meeting(task)
    meeting_form = form if isinstance(form, MeetingForm) else MeetingForm(formdata=None, minutes=min(max(task.minutes or 30, 10), 480))
    return {"booking": booking, "has_begun": booking is not None and booking.starts_at <= now(), "form": meeting_form}
