"""What is done to the text of postings: written, edited, reworded, copied."""

import re
import secrets
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core.audit.record import record
from core.clock import now, today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import Department, EmploymentType, JobRole, Location, Person
from core.web.i18n import _, _l, force_locale
from hiring.plans.carrying import plan_to_keep, put_plan
from hiring.postings import policy
from hiring.postings.models import (
    Criterion,
    MemberPart,
    Posting,
    PostingMember,
    PostingMove,
    PostingState,
    Question,
    SalaryPeriod,
    Stage,
    StageKind,
    Turn,
    Workplace,
)
from hiring.postings.queries import lock_posting, slug_is_taken
from hiring.requisitions.band import is_within
from hiring.requisitions.queries import requisition_of

S = PostingState
COPIED = (
    "title",
    "job_role_id",
    "department_id",
    "location_id",
    "employment_type",
    "workplace",
    "summary",
    "responsibilities",
    "qualifications",
    "salary_from",
    "salary_to",
    "currency",
    "salary_period",
    "openings",
    "screeners",
    "language",
    "hiring_manager_id",
    "declines_knock_outs",
    "knock_out_days",
)
DEFAULT_STAGES = (
    (_l("New"), StageKind.NEW, 2),
    (_l("Screening"), StageKind.SCREENING, 5),
    (_l("First interview"), StageKind.INTERVIEW, 7),
    (_l("Panel"), StageKind.INTERVIEW, 7),
    (_l("Offer"), StageKind.OFFER, 5),
    (_l("Hired"), StageKind.HIRED, 0),
)
USUAL_TURNS = {StageKind.INTERVIEW: Turn.INTERVIEWERS, StageKind.OFFER: Turn.CANDIDATE}


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What may still change after approval: texts and the deadline."""

    summary: str = ""
    responsibilities: str = ""
    qualifications: str = ""
    closes_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Description(Wording):
    """Everything a posting says, apart from criteria and questions."""

    title: str
    job_role: JobRole
    department: Department
    location: Location
    hiring_manager: Person
    employment_type: EmploymentType = EmploymentType.FULL_TIME
    workplace: Workplace = Workplace.ON_SITE
    salary_from: int | None = None
    salary_to: int | None = None
    currency: str = "BRL"
    salary_period: SalaryPeriod = SalaryPeriod.MONTH
    openings: int = 1
    language: str = "pt_BR"


def write_posting(description: Description, *, by: Person) -> Posting:
    """Start a posting as a draft, with the usual stages. Raises Invalid, or NotAllowed without the right."""
    if not policy.can_write(by):
        raise NotAllowed(_("You do not write postings."))
    _check(description)
    posting = Posting(
        **_columns(description),
        slug=_new_slug(description.title),
        recruiter_id=by.id,
        state=S.DRAFT,
        changed_at=now(),
        criteria=[],
        questions=[],
        members=[PostingMember(person_id=by.id, part=MemberPart.RECRUITER)],
        stages=default_stages(description.language),
    )
    _name_manager(posting, description.hiring_manager)
    session.add(posting)
    session.flush()
    session.add(PostingMove(posting_id=posting.id, to_state=S.DRAFT, at=now(), by_id=by.id))
    record("hiring.posting.written", posting, by=by)
    return posting


def edit_posting(posting: Posting, description: Description, *, by: Person, version: int) -> None:
    """Change a draft. Raises Conflict when somebody else has changed it since `version`."""
    _insist(policy.can_edit(by, posting))
    _insist_on_version(posting, version)
    _check(description)
    _insist_on_requisition(posting, description)
    columns = _columns(description)
    changed = _differences(posting, columns)
    if posting.opened_at is None and description.title != posting.title:
        posting.slug = _new_slug(description.title)
    for name, value in columns.items():
        setattr(posting, name, value)
    _name_manager(posting, description.hiring_manager)
    _touch(posting)
    record("hiring.posting.edited", posting, by=by, changes={"fields": changed})


def reword_posting(posting: Posting, wording: Wording, *, by: Person, version: int) -> None:
    """Change the texts and the deadline of an approved posting; what was approved stays as it is."""
    _insist(policy.can_reword(by, posting))
    _insist_on_version(posting, version)
    if posting.closes_on != wording.closes_on:
        _check_deadline(wording.closes_on, posting.location)
    columns = asdict(wording)
    changed = _differences(posting, columns)
    for name, value in columns.items():
        setattr(posting, name, value)
    _touch(posting)
    record("hiring.posting.reworded", posting, by=by, changes={"fields": changed})


def duplicate_posting(posting: Posting, *, by: Person) -> Posting:
    """A draft with the same texts, criteria, questions and stages, and no deadline."""
    if not (policy.can_write(by) and policy.can_see(by, posting)):
        raise NotAllowed(_("You do not write postings."))
    copy = Posting(
        **{name: getattr(posting, name) for name in COPIED},
        slug=_new_slug(posting.title),
        recruiter_id=by.id,
        state=S.DRAFT,
        changed_at=now(),
        members=[
            PostingMember(person_id=by.id, part=MemberPart.RECRUITER),
            PostingMember(person_id=posting.hiring_manager_id, part=MemberPart.HIRING_MANAGER),
        ],
        stages=[Stage(**_without_keys(stage)) for stage in posting.stages],
        criteria=[Criterion(**_without_keys(criterion)) for criterion in posting.criteria],
        questions=[Question(**_without_keys(question)) for question in posting.questions],
    )
    session.add(copy)
    session.flush()
    session.add(PostingMove(posting_id=copy.id, to_state=S.DRAFT, at=now(), by_id=by.id))
    put_plan(copy, plan_to_keep(posting))
    record("hiring.posting.copied", copy, by=by, changes={"from": posting.id})
    return copy


def _without_keys(row: Stage | Criterion | Question) -> dict[str, Any]:
    names = [column.name for column in row.__table__.columns]
    return {name: getattr(row, name) for name in names if name not in ("id", "public_id", "posting_id")}


def default_stages(language: str) -> list[Stage]:
    """The usual way from application to hire, named in the posting's language."""
    with force_locale(language):
        return [
            Stage(position=at, name=str(name), kind=kind, target_days=days, turn=USUAL_TURNS.get(kind, Turn.RECRUITER))
            for at, (name, kind, days) in enumerate(DEFAULT_STAGES)
        ]


def _check(description: Description) -> None:
    if not one_line(description.title):
        raise Invalid(_("A title is needed."), field="title")
    if description.salary_from is not None and description.salary_to is not None and description.salary_from > description.salary_to:
        raise Invalid(_("The range ends below its beginning."), field="salary_to")
    if not 1 <= description.openings <= 999:
        raise Invalid(_("Between 1 and 999 openings."), field="openings")
    _check_deadline(description.closes_on, description.location)


def _insist_on_requisition(posting: Posting, description: Description) -> None:
    requisition = requisition_of(posting)
    if requisition is None:
        return
    if not is_within(description, requisition):
        raise Invalid(_("The requisition was approved with other pay. Change it there first."), field="salary_to")
    if description.openings != posting.openings:
        raise Invalid(_("The number of openings follows the requisition. Change it there."), field="openings")


def _check_deadline(closes_on: date | None, location: Location) -> None:
    if closes_on is not None and closes_on < today(location.time_zone):
        raise Invalid(_("The deadline is in the past."), field="closes_on")


def _columns(description: Description) -> dict[str, Any]:
    columns = {name: value for name, value in vars(description).items() if name not in ("job_role", "department", "location", "hiring_manager")}
    columns["title"] = one_line(description.title)
    for name in ("job_role", "department", "location", "hiring_manager"):
        columns[f"{name}_id"] = getattr(description, name).id
    return columns


def _differences(posting: Posting, columns: dict[str, Any]) -> list[str]:
    return sorted(name for name, value in columns.items() if getattr(posting, name) != value)


def _name_manager(posting: Posting, manager: Person) -> None:
    for member in [member for member in posting.members if member.part is MemberPart.HIRING_MANAGER and member.person_id != manager.id]:
        posting.members.remove(member)
    if not any(member.part is MemberPart.HIRING_MANAGER for member in posting.members):
        posting.members.append(PostingMember(person_id=manager.id, part=MemberPart.HIRING_MANAGER))


def _new_slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "posting"
    slug = stem
    while slug_is_taken(slug):
        slug = f"{stem}-{secrets.token_hex(3)}"
    return slug


def _insist(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed(_("You may not change this posting as it stands. Only a draft can be changed, by its recruiters."))


def _insist_on_version(posting: Posting, version: int) -> None:
    lock_posting(posting)
    if posting.version != version:
        raise Conflict(_("Somebody else changed this posting while you were writing. What you typed is still here: compare, then save again."))


def _touch(posting: Posting) -> None:
    posting.changed_at = now()
    session.flush()
