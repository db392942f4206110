"""Keeping the catalogue: kinds of certificates, the courses each stands for, and whether it still does at a course's new version."""

from datetime import date

from core.audit.record import record
from core.clock import now
from core.db import hold, session
from core.errors import Invalid, NotAllowed, WrongState
from core.people.models import Person
from core.web.i18n import _
from training.catalogue.models import Course
from training.equivalences import policy, queries
from training.equivalences.models import EquivalenceKind, EquivalentCourse, Validity
from training.equivalences.validity import Terms
from training.standings.actions import distrust_standings


def write_kind(name: str, issuer: str, terms: Terms, *, by: Person) -> EquivalenceKind:
    """Add a kind of certificate. Raises Invalid for terms that do not fit, and for a name there is."""
    _insist_on_keeper(by)
    _insist_on_terms(name, issuer, terms, besides=None)
    kind = EquivalenceKind(name=name.strip(), issuer=issuer.strip(), recorded_by_id=by.id, courses=[], **vars(terms))
    session.add(kind)
    session.flush()
    record("training.equivalence_kind.written", kind, by=by, changes=_told(kind))
    return kind


def change_kind(kind: EquivalenceKind, name: str, issuer: str, terms: Terms, *, by: Person) -> None:
    """Change the terms for what is accepted from now on; what was accepted counts as it was accepted."""
    _insist_on_keeper(by)
    _insist_on_terms(name, issuer, terms, besides=kind)
    before = _told(kind)
    kind.name, kind.issuer = name.strip(), issuer.strip()
    for field, value in vars(terms).items():
        setattr(kind, field, value)
    session.flush()
    after = _told(kind)
    record("training.equivalence_kind.changed", kind, by=by, changes={field: [before[field], after[field]] for field in after})


def _insist_on_terms(name: str, issuer: str, terms: Terms, *, besides: EquivalenceKind | None) -> None:
    same = queries.find_kind(name)
    if not name.strip() or not issuer.strip():
        raise Invalid(_("Give the name of the certificate and who issues it."), field="issuer" if name.strip() else "name")
    if same is not None and same is not besides:
        raise Invalid(_("There is a kind of this name already."), field="name")
    if (terms.validity is Validity.MONTHS) != (terms.months is not None):
        raise Invalid(_("Give the months it is valid if they are counted, and only then."), field="months")
    if terms.months_without is not None and not terms.needs_employment:
        raise Invalid(_("This is only for certificates that depend on the employment."), field="months_without")


def _told(kind: EquivalenceKind) -> dict[str, object]:
    terms = {"validity": kind.validity.value, "months": kind.months}
    return {"name": kind.name, "issuer": kind.issuer, **terms, "needs_employment": kind.needs_employment, "months_without": kind.months_without}


def add_course(kind: EquivalenceKind, course: Course, *, valid_from: date, by: Person) -> EquivalentCourse:
    """Let certificates of the kind stand for a course from a day on, in the version in force. Raises Invalid when they do already."""
    _insist_on_keeper(by)
    if queries.find_equivalent_course(kind, course) is not None:
        raise Invalid(_("It stands for this course already."), field="course")
    version = queries.versions_in_force([course.id]).get(course.id)
    link = EquivalentCourse(
        kind=kind,
        course=course,
        valid_from=valid_from,
        recorded_by_id=by.id,
        version_id=None if version is None else version.id,
        confirmed_by_id=by.id,
    )
    session.add(link)
    session.flush()
    changes = {"kind": kind.id, "course": course.id, "from": valid_from.isoformat(), "version": link.version_id}
    record("training.equivalent_course.added", link, by=by, changes=changes)
    distrust_standings()
    return link


def confirm_course(link: EquivalentCourse, *, by: Person) -> None:
    """Say that the kind stands for the version of the course that is in force now."""
    _insist_on_keeper(by)
    _insist_on_standing(hold(link))
    version = queries.versions_in_force([link.course_id]).get(link.course_id)
    if version is None or version.id == link.version_id:
        raise WrongState(_("The course has no new version to be asked about."))
    before = link.version_id
    link.version_id, link.confirmed_by_id, link.confirmed_at = version.id, by.id, now()
    session.flush()
    record("training.equivalent_course.confirmed", link, by=by, changes={"version": [before, version.id]})


def end_course(link: EquivalentCourse, *, last_day: date, by: Person) -> None:
    """Say until which day the kind stands for the course; from the next the course is required of those who held it."""
    _insist_on_keeper(by)
    _insist_on_standing(hold(link))
    if last_day < link.valid_from:
        raise Invalid(_("The last day is before the first."), field="last_day")
    link.ends_on, link.ended_at, link.ended_by_id = last_day, now(), by.id
    session.flush()
    record("training.equivalent_course.ended", link, by=by, changes={"kind": link.kind_id, "course": link.course_id, "to": last_day.isoformat()})
    distrust_standings()


def _insist_on_standing(link: EquivalentCourse) -> None:
    if link.ended_at is not None:
        raise WrongState(_("It does not stand for this course any more. Add it again if it should."))


def _insist_on_keeper(by: Person) -> None:
    if not policy.decides(by):
        raise NotAllowed(_("Only compliance keeps the catalogue of certificates."))
