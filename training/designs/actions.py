"""Writing and changing certificate designs."""

from dataclasses import dataclass, field

from core.audit.record import record
from core.db import session
from core.errors import Invalid, NotAllowed
from core.files.models import StoredFile
from core.people.models import Person
from core.web.i18n import _
from training.catalogue.models import Course
from training.designs import policy, queries
from training.designs.models import CertificateDesign, Orientation
from training.designs.wording import MOST_LINES, MOST_SIGNATORIES, unknown_fields


@dataclass(frozen=True)
class DesignFields:
    """What a design says, as typed."""

    heading: str
    body: str
    orientation: Orientation = Orientation.LANDSCAPE
    signatories: list[list[str]] = field(default_factory=list)
    shows_score: bool = True
    shows_version: bool = True


def insist_on_sound(fields: DesignFields) -> None:
    """Raise Invalid, at the field, for what cannot be printed."""
    unknown = unknown_fields(fields.body)
    if unknown:
        raise Invalid(_("These are no merge fields: %(names)s. Take one from the list.", names=", ".join(unknown)), field="body")
    if len(fields.body.splitlines()) > MOST_LINES:
        raise Invalid(_("The sheet has room for %(most)d lines of text.", most=MOST_LINES), field="body")
    if len(fields.signatories) > MOST_SIGNATORIES:
        raise Invalid(_("The sheet has room for %(most)d signatories.", most=MOST_SIGNATORIES), field="signatories")


def write_design(course: Course | None, language: str, fields: DesignFields, *, logo: StoredFile | None = None, by: Person) -> CertificateDesign:
    """Design certificates of a course, or of every course, in a language. Raises NotAllowed, and Invalid where there is one already."""
    _insist_on_right(by)
    insist_on_sound(fields)
    if queries.find_design(course_id=None if course is None else course.id, language=language) is not None:
        raise Invalid(_("There is a design for this course in this language already. Change that one."), field="course")
    design = CertificateDesign(course_id=None if course is None else course.id, language=language, logo_id=None)
    _set(design, fields, logo)
    session.add(design)
    session.flush()
    record("training.design.written", design, by=by, changes={"language": language, "course": design.course_id})
    return design


def change_design(design: CertificateDesign, fields: DesignFields, *, logo: StoredFile | None = None, by: Person) -> None:
    """Change what certificates will look like; those issued stay as they are. Without a logo the present one stays."""
    _insist_on_right(by)
    insist_on_sound(fields)
    _set(design, fields, logo)
    session.flush()
    record("training.design.changed", design, by=by, changes={"language": design.language, "course": design.course_id})


def _insist_on_right(by: Person) -> None:
    if not policy.can_design(by):
        raise NotAllowed(_("Only compliance designs certificates."))


def _set(design: CertificateDesign, fields: DesignFields, logo: StoredFile | None) -> None:
    design.heading, design.body, design.orientation = fields.heading, fields.body, fields.orientation
    design.signatories, design.shows_score, design.shows_version = fields.signatories, fields.shows_score, fields.shows_version
    if logo is not None:
        design.logo_id = logo.id
