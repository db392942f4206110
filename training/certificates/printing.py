"""What stands on the paper of a certificate: the facts of a completion in the design that fits, or a sample."""

from base64 import b64encode
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from core.clock import today
from core.db import session
from core.documents.codes import new_code
from core.documents.paper import company_paper
from core.files.models import StoredFile
from core.files.store import read_content
from core.people.models import Person
from core.web.i18n import _, force_locale
from training.certificates.documents import CertificatePaper, Design
from training.designs.actions import DesignFields
from training.designs.models import CertificateDesign, Orientation
from training.designs.queries import fitting_design
from training.exams.models import Attempt
from training.requirements.models import Completion


def sheet_of(completion: Completion) -> CertificatePaper:
    """What the certificate of a completion says now, under a fresh code."""
    attempt = None if completion.attempt_id is None else session.get_one(Attempt, completion.attempt_id)
    version, course, language = completion.course_version, completion.course, completion.person.locale
    approver = None if version.approved_by_id is None else session.get_one(Person, version.approved_by_id)
    score: Fraction | None = None if attempt is None else attempt.percent
    found = fitting_design(course_id=course.id, language=language)
    return CertificatePaper(
        holder=completion.person.name,
        course=course.title,
        course_code=course.code,
        version=version.number,
        hours=course.hours,
        regulation=course.regulation,
        completed_on=completion.completed_on,
        valid_until=completion.valid_until,
        score=score,
        pass_mark=version.pass_mark,
        number=f"{course.code}-{completion.completed_on.year}-{completion.id:05d}",
        approver="" if approver is None else approver.name,
        language=language,
        paper=company_paper(code=new_code()),
        design=None if found is None else design_of(found, logo=found.logo),
    )


def design_of(design: CertificateDesign | DesignFields, *, logo: StoredFile | None) -> Design:
    """A design as plain values, with its logo inside."""
    picture = "" if logo is None else f"data:{logo.content_type};base64,{b64encode(read_content(logo)).decode()}"
    return Design(
        heading=design.heading,
        body=design.body,
        is_portrait=design.orientation is Orientation.PORTRAIT,
        signatories=tuple((name, office) for name, office in design.signatories),
        shows_score=design.shows_score,
        shows_version=design.shows_version,
        logo=picture,
    )


def sample(design: Design, *, language: str) -> CertificatePaper:
    """A certificate of nobody, without a code, to look at a design."""
    day = today("UTC")
    with force_locale(language):
        holder, course = str(_("Holder's name")), str(_("Title of the course"))
    return CertificatePaper(
        holder=holder,
        course=course,
        course_code="ABC-01",
        version=1,
        hours=Decimal("2"),
        regulation="",
        completed_on=day,
        valid_until=day + timedelta(days=364),
        score=Fraction(90),
        pass_mark=80,
        number="ABC-01-00001",
        approver="",
        language=language,
        paper=company_paper(),
        design=design,
    )


def badge_score(completion: Completion) -> str:
    """The score a badge shows: none where the paper shows none. Cut to one decimal, never rounded up."""
    attempt = None if completion.attempt_id is None else session.get_one(Attempt, completion.attempt_id)
    design = fitting_design(course_id=completion.course_id, language=completion.person.locale)
    if attempt is None or attempt.percent is None or not (design is None or design.shows_score):
        return ""
    return f"{int(attempt.percent * 10) / 10:.1f}"
