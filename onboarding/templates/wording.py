"""What a person writes about a template and its tasks, and what is checked of it before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import Invalid
from core.people.actions import one_line
from core.people.models import Department, EmploymentType, JobRole, Location, Person
from core.web.i18n import _
from onboarding.moments import Moment
from onboarding.policies.models import Policy
from onboarding.signatures.letters import unknown_fields
from onboarding.task_forms.fields import FormField, rows_from
from onboarding.teams.models import Team
from onboarding.templates.matching import key_from
from onboarding.templates.models import DocumentRule, Part, Phase, TaskKind, TemplateCriterion

EARLIEST, LATEST = -60, 180
LONGEST = 2400  # minutes: a week of work
ONLY_THE_NEW_HIRE = frozenset({TaskKind.POLICY, TaskKind.TRAINING, TaskKind.DOCUMENT, TaskKind.SIGNATURE})


@dataclass(frozen=True)
class Match:
    """Whom a template or a task is for: at least one value of each that has any; none at all means anyone."""

    job_roles: Sequence[JobRole] = ()
    departments: Sequence[Department] = ()
    locations: Sequence[Location] = ()
    employment_types: Sequence[EmploymentType] = ()

    def criteria(self) -> list[TemplateCriterion]:
        """New rows for it."""
        return [
            *(TemplateCriterion(job_role=role, job_role_id=role.id) for role in self.job_roles),
            *(TemplateCriterion(department=department, department_id=department.id) for department in self.departments),
            *(TemplateCriterion(location=location, location_id=location.id) for location in self.locations),
            *(TemplateCriterion(employment_type=contract) for contract in self.employment_types),
        ]


@dataclass(frozen=True)
class TaskText:
    """What a person writes about a task of a template."""

    title: str
    phase: Phase
    kind: TaskKind = TaskKind.TICK
    part: Part = Part.NEW_HIRE
    offset_days: int = 0
    instructions: str = ""
    required: bool = True
    document_rule: DocumentRule = DocumentRule.DOCUMENT
    policy: Policy | None = None
    course_id: int | None = None
    key: str = ""
    waits_for: Sequence[str] = ()
    due_after: str = ""
    minutes: int | None = None
    asks_expiry: bool = False
    fields: Sequence[FormField] = ()
    letter: str = ""
    item: str = ""
    moment: Moment | None = None
    named: Person | None = None
    team: Team | None = None
    match: Match = Match()


def checked(text: TaskText) -> dict[str, Any]:
    """The columns of a task. Raises Invalid at the field that cannot be as it is."""
    title = one_line(text.title)
    if not title:
        raise Invalid(_("A title is needed."), field="title")
    key = key_from(text.key or title)
    _insist_on_days(text)
    _insist_on_doer(text)
    return {
        "key": key,
        "phase": text.phase,
        "kind": text.kind,
        "title": title[:200],
        "instructions": text.instructions,
        "part": text.part,
        "offset_days": text.offset_days,
        "required": text.required,
        "waits_for": _others(text.waits_for, key),
        "due_after": (_others([text.due_after], key) or [""])[0],
        "minutes": text.minutes,
        "document_rule": text.document_rule,
        "named_id": text.named.id if text.part is Part.PERSON and text.named else None,
        "team_id": text.team.id if text.part is Part.TEAM and text.team else None,
        **_particulars(text),
    }


def _particulars(text: TaskText) -> dict[str, Any]:
    """What only one kind of task has; of the others it is empty."""
    kind = text.kind
    if kind is TaskKind.POLICY and text.policy is None:
        raise Invalid(_("Choose the policy to read."), field="policy")
    if kind is TaskKind.TRAINING and text.course_id is None:
        raise Invalid(_("Choose the course to complete."), field="course")
    if kind is TaskKind.REVIEW and text.moment is None:
        raise Invalid(_("Choose when it is looked back."), field="moment")
    item = one_line(text.item)[:200]
    if kind is TaskKind.REQUEST and not item:
        raise Invalid(_("Say what is asked for, such as a laptop or access to a system."), field="item")
    return {
        "asks_expiry": kind is TaskKind.DOCUMENT and text.asks_expiry,
        "fields": rows_from([_keyed(field) for field in text.fields]) if kind is TaskKind.FORM else [],
        "letter": _letter(text.letter) if kind is TaskKind.SIGNATURE else "",
        "item": item if kind is TaskKind.REQUEST else "",
        "moment": text.moment if kind is TaskKind.REVIEW else None,
        "policy_id": text.policy.id if kind is TaskKind.POLICY and text.policy else None,
        "course_id": text.course_id if kind is TaskKind.TRAINING else None,
    }


def _keyed(field: FormField) -> FormField:
    return FormField(key_from(field.key or field.label), field.label, field.kind, field.required, field.sensitive, field.choices)


def _letter(letter: str) -> str:
    letter = letter.strip()
    if not letter:
        raise Invalid(_("Write the text that is signed."), field="letter")
    unknown = unknown_fields(letter)
    if unknown:
        raise Invalid(_("These merge fields are not known: %(names)s.", names=", ".join(unknown)), field="letter")
    return letter


def _insist_on_days(text: TaskText) -> None:
    if not EARLIEST <= text.offset_days <= LATEST:
        raise Invalid(_("Use a number of days from %(first)d to %(last)d.", first=EARLIEST, last=LATEST), field="offset_days")
    if text.due_after and text.offset_days < 0:
        raise Invalid(_("A day counted from another task lies after it: use 0 or more."), field="offset_days")
    if text.phase is Phase.BEFORE_DAY_ONE and text.offset_days >= 0 and not text.due_after:
        raise Invalid(_("A task before day one needs a negative number of days."), field="offset_days")
    if text.minutes is not None and not 1 <= text.minutes <= LONGEST:
        raise Invalid(_("Estimate from 1 to %(most)d minutes, or leave it empty.", most=LONGEST), field="minutes")


def _insist_on_doer(text: TaskText) -> None:
    if text.kind in ONLY_THE_NEW_HIRE and text.part is not Part.NEW_HIRE:
        raise Invalid(_("Only the new hire can do a task of this kind."), field="part")
    if text.kind in (TaskKind.MEETING, TaskKind.REQUEST) and text.part is Part.NEW_HIRE:
        raise Invalid(_("A task of this kind is for somebody else than the new hire."), field="part")
    if text.part is Part.PERSON and text.named is None:
        raise Invalid(_("Choose who does it."), field="named")
    if text.part is Part.TEAM and text.team is None:
        raise Invalid(_("Choose the team."), field="team")


def _others(keys: Sequence[str], own: str) -> list[str]:
    found = list(dict.fromkeys(key_from(key) for key in keys if key.strip()))
    if own in found:
        raise Invalid(_("A task cannot wait for itself."), field="waits_for")
    return found
