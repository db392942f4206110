"""Reading results from elsewhere, and whom and what the lines of a file mean."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.errors import NotFound
from core.people.models import Employment, Person
from core.web.paging import Page, one_page
from training.catalogue.models import Course, CourseVersion
from training.catalogue.queries import EFFECTIVE
from training.external_results.models import ExternalImport, ExternalResult
from training.requirements.models import Completion


def get_import(import_id: UUID) -> ExternalImport:
    """The file with who sent it. Raises NotFound."""
    query = select(ExternalImport).where(ExternalImport.public_id == import_id).options(joinedload(ExternalImport.sent_by))
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def lock_import(key: int) -> ExternalImport | None:
    """The file as it is now, its row held until the transaction ends."""
    query = select(ExternalImport).where(ExternalImport.id == key).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def imports_page(*, number: int) -> Page[ExternalImport]:
    """One page of the files sent, newest first, with who sent them."""
    query = select(ExternalImport).options(joinedload(ExternalImport.sent_by))
    return one_page(query.order_by(ExternalImport.sent_at.desc(), ExternalImport.id.desc()), number=number)


def results_page(sent: ExternalImport, *, number: int) -> Page[ExternalResult]:
    """One page of what a file brought, by line, with person and course."""
    query = select(ExternalResult).where(ExternalResult.import_id == sent.id)
    query = query.options(joinedload(ExternalResult.person), joinedload(ExternalResult.course))
    return one_page(query.order_by(ExternalResult.line, ExternalResult.id), number=number)


def staff_by_address(addresses: Collection[str]) -> dict[str, list[Person]]:
    """Address in small letters to the people, employed now or ever, who have it."""
    ever = select(Employment.person_id)
    query = select(Person).where(func.lower(Person.email).in_(addresses), Person.id.in_(ever))
    found: dict[str, list[Person]] = defaultdict(list)
    for person in session.scalars(query.order_by(Person.id)):
        found[person.email.lower()].append(person)
    return found


def versions_by_code(codes: Collection[str]) -> dict[str, Sequence[CourseVersion]]:
    """Course code in small letters to the versions that are or were in force, oldest first, with their course."""
    query = select(CourseVersion).join(CourseVersion.course).where(func.lower(Course.code).in_(codes), CourseVersion.state.in_(EFFECTIVE))
    query = query.options(joinedload(CourseVersion.course)).order_by(CourseVersion.in_force_from, CourseVersion.number)
    found: dict[str, list[CourseVersion]] = defaultdict(list)
    for version in session.scalars(query):
        found[version.course.code.lower()].append(version)
    return dict(found)


def known_results(people: Collection[int]) -> set[tuple[int, int, date]]:
    """What is on record of the people (inner keys): person, course and day of completions that count and of results from elsewhere."""
    completed = select(Completion.person_id, Completion.course_id, Completion.completed_on).where(
        Completion.person_id.in_(people), Completion.superseded_at.is_(None)
    )
    elsewhere = select(ExternalResult.person_id, ExternalResult.course_id, ExternalResult.taken_on).where(ExternalResult.person_id.in_(people))
    queries = (completed, elsewhere)
    return {(person, course, day) for query in queries for person, course, day in session.execute(query.order_by(*query.selected_columns))}
