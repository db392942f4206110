"""Reading what is to be signed, and signatures."""

from flask_babel import format_date
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.clock import today
from core.db import session
from core.documents.models import IssuedDocument
from core.people.labels import EMPLOYMENT_TYPE_LABELS
from core.people.queries import find_company
from core.web.i18n import force_locale
from onboarding.checklists.models import Task
from onboarding.grants.queries import held_by
from onboarding.signatures.letters import used_fields
from onboarding.signatures.models import TaskSignature


def letter_values(task: Task) -> dict[str, str]:
    """What each merge field stands for, in the new hire's language. Needs `checklist` with its people and employment."""
    checklist = task.checklist
    employment, company = checklist.employment, find_company()
    with force_locale(checklist.person.locale):
        values = {
            "name": checklist.person.name,
            "position": employment.job_role.name,
            "department": employment.department.name,
            "location": employment.location.name,
            "contract": str(EMPLOYMENT_TYPE_LABELS[employment.employment_type]),
            "start_date": format_date(checklist.starts_on, "long"),
            "manager_name": checklist.manager.name if checklist.manager else "",
            "company": company.name if company else "",
            "today": format_date(today(employment.location.time_zone), "long"),
            "items": "",
        }
    if "items" in used_fields(task.letter):
        held = held_by(checklist.person_id)
        values["items"] = "; ".join(f"{grant.item} ({grant.note})" if grant.note else grant.item for grant in held)
    return values


def find_signature(task: Task) -> TaskSignature | None:
    """The signature under the task's document, with the sealed document and its file."""
    query = select(TaskSignature).where(TaskSignature.task_id == task.id)
    return session.scalars(query.options(joinedload(TaskSignature.document).joinedload(IssuedDocument.file))).one_or_none()
