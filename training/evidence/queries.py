"""Reading evidence packs, and the rules and versions they tell of."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, false, select
from sqlalchemy.orm import joinedload

from core.db import hold, session
from core.documents.models import IssuedDocument
from core.errors import NotFound
from core.people.models import Person
from core.people.queries import departments, job_roles, locations
from core.web.paging import Page, one_page
from training.auditing.scope import Scope
from training.auditing.sight import lines_within, scope_of
from training.catalogue.models import Course, CourseVersion
from training.compliance.queries import filter_choices
from training.evidence.models import EvidencePack, EvidencePart
from training.requirements.models import Rule
from training.requirements.queries import rule_lines

_WITH = (joinedload(EvidencePack.asked_by), joinedload(EvidencePack.document).joinedload(IssuedDocument.file))


def _seen_by(viewer: Person) -> Select[EvidencePack]:
    query, scope = select(EvidencePack).options(*_WITH), scope_of(viewer)
    if scope is None or not (scope.limits_people or scope.limits_rules):
        return query
    return query.where(false() if scope.is_closed else EvidencePack.grant_id == scope.grant)  # what others had made may tell of more


def packs_page(viewer: Person, *, number: int) -> Page[EvidencePack]:
    """One page of the packs the viewer may see, newest first."""
    return one_page(_seen_by(viewer).order_by(EvidencePack.asked_at.desc(), EvidencePack.id.desc()), number=number, size=20)


def get_pack(pack_id: UUID, *, viewer: Person) -> EvidencePack:
    """The pack, with who asked for it and its document. Raises NotFound."""
    found = session.scalars(_seen_by(viewer).where(EvidencePack.public_id == pack_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def lock_pack(key: int) -> EvidencePack:
    """The pack with this inner key, held until the transaction ends."""
    return hold(session.get_one(EvidencePack, key))


def part_texts(pack: EvidencePack, name: str) -> Iterator[bytes]:
    """One of the deflated texts of each part, in order, one at a time."""
    column = getattr(EvidencePart, name)
    for key in session.scalars(select(EvidencePart.id).where(EvidencePart.pack_id == pack.id).order_by(EvidencePart.after)).all():
        yield session.scalars(select(column).where(EvidencePart.id == key)).one()


def tallies(pack: EvidencePack) -> Sequence[dict[str, Any]]:
    """What each part counted, in order."""
    return session.scalars(select(EvidencePart.tally).where(EvidencePart.pack_id == pack.id).order_by(EvidencePart.after)).all()


@dataclass(frozen=True)
class Revision:
    """A revision of a rule: who wrote it down, when and why."""

    id: UUID
    lineage: UUID
    number: int
    revision: int
    effective_from: date
    effective_to: date | None
    recorded_at: datetime
    recorded_by: str
    reason: str


def revisions(lineages: Collection[UUID], *, known_at: datetime) -> list[Revision]:
    """Every revision of the rules known at the instant, by number; its end, where that was known."""
    query = select(Rule).where(Rule.lineage.in_(lineages), Rule.recorded_at <= known_at).options(joinedload(Rule.recorded_by))
    return [
        Revision(
            rule.public_id,
            rule.lineage,
            rule.number,
            rule.revision,
            rule.effective_from,
            rule.effective_to if rule.closed_at is not None and rule.closed_at <= known_at else None,
            rule.recorded_at,
            rule.recorded_by.name if rule.recorded_by else "",
            rule.reason,
        )
        for rule in session.scalars(query.order_by(Rule.number, Rule.lineage, Rule.revision))
    ]


def versions(wanted: Collection[str]) -> Sequence[CourseVersion]:
    """The versions with these public ids, with course and approver, by title and number."""
    query = (
        select(CourseVersion)
        .join(CourseVersion.course)
        .where(CourseVersion.public_id.in_(bindparam("wanted", type_=Uuid, expanding=True)))
        .options(joinedload(CourseVersion.course), joinedload(CourseVersion.approved_by))
        .order_by(Course.title, CourseVersion.number)
    )
    return session.scalars(query, {"wanted": [UUID(one) for one in wanted]}).all()


def titles_of(courses: Collection[int]) -> dict[int, str]:
    """The titles of courses by inner key."""
    query = select(Course.id, Course.title).where(Course.id.in_(courses)).order_by(Course.id)
    return {row[0]: row[1] for row in session.execute(query)}


@dataclass
class Choices:
    """What a filter offers: pairs of a value and its words."""

    departments: list[tuple[str, str]] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)
    roles: list[tuple[str, str]] = field(default_factory=list)
    managers: list[tuple[str, str]] = field(default_factory=list)
    courses: list[tuple[str, str]] = field(default_factory=list)
    rules: list[tuple[str, str]] = field(default_factory=list)
    regulations: list[tuple[str, str]] = field(default_factory=list)


def few_choices(viewer: Person, *, on: date) -> Choices:
    """The departments and regulations the viewer chooses from, in two statements."""
    lines, scope = lines_within(viewer, rule_lines(on=on, with_future=True)), scope_of(viewer) or Scope()
    return Choices(
        departments=[(str(one.public_id), one.name) for one in departments() if one.public_id in (scope.departments or {one.public_id})],
        regulations=[(source, source) for source in sorted({line.fact.source for line in lines if line.fact.source})],
    )


def choices(viewer: Person, *, on: date) -> Choices:
    """What there is to choose from for the viewer."""
    lines, scope = lines_within(viewer, rule_lines(on=on, with_future=True)), scope_of(viewer) or Scope()
    courses = {str(line.course_public_id): line.course_title for line in lines}
    return Choices(
        departments=[(str(one.public_id), one.name) for one in departments() if one.public_id in (scope.departments or {one.public_id})],
        places=[(str(one.public_id), one.name) for one in locations() if one.public_id in (scope.places or {one.public_id})],
        roles=[(str(one.public_id), one.name) for one in job_roles()],
        managers=[(str(key), name) for key, name in filter_choices(viewer, on=on).managers],
        courses=sorted(courses.items(), key=lambda pair: pair[1]),
        rules=[(str(line.fact.lineage), f"{line.fact.number} · {line.course_title} · {line.role or '–'}") for line in lines],
        regulations=[(source, source) for source in sorted({line.fact.source for line in lines if line.fact.source})],
    )
