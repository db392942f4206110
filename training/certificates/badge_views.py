"""Open Badges: the signed credential for its holder, and what anyone needs to check one."""

from uuid import UUID

from flask import Blueprint, Response, g, jsonify, make_response
from flask.typing import ResponseReturnValue

from core.documents.badges import public_keys, sign_token
from core.errors import WrongState
from core.people.queries import find_company
from core.people.rights import Right
from core.web.access import access, public_page
from core.web.addresses import absolute_url
from core.web.i18n import _
from core.web.limits import limiter
from training.catalogue.models import CourseVersion
from training.certificates import badges, queries
from training.certificates.badges import Badge
from training.certificates.models import Certificate, CertificateState
from training.certificates.printing import badge_score

bp = Blueprint("badges", __name__, url_prefix="/badges")


@bp.route("/<uuid:certificate_id>/credential.jwt")
@access(Right.WORK)
def credential(certificate_id: UUID) -> ResponseReturnValue:
    """The certificate as a signed credential, to put into a wallet."""
    certificate = queries.get_certificate(certificate_id, viewer=g.person)
    if certificate.state is not CertificateState.ISSUED:
        raise WrongState(_("This certificate no longer holds, so there is no badge of it."))
    answer = make_response(sign_token(badges.token_payload(_badge(certificate))))
    answer.headers.update({"Content-Type": "application/vc+jwt", "Content-Disposition": "attachment; filename=credential.jwt"})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.route("/issuer")
@public_page
@limiter.limit("60 per minute")
def issuer() -> ResponseReturnValue:
    """Who issues."""
    address = absolute_url(".issuer")
    return _json({"@context": badges.CONTEXT} | badges.profile(address, _company()) | {"jwks": absolute_url(".keys")})


@bp.route("/keys.json")
@public_page
@limiter.limit("60 per minute")
def keys() -> ResponseReturnValue:
    """The keys credentials are checked with."""
    return _json({"keys": public_keys()})


@bp.route("/achievements/<uuid:version_id>")
@public_page
@limiter.limit("60 per minute")
def achievement(version_id: UUID) -> ResponseReturnValue:
    """What was achieved: the version of a course somebody holds a certificate of."""
    version = queries.get_certified_version(version_id)
    return _json({"@context": badges.CONTEXT} | _achievement(version))


@bp.route("/revocations")
@public_page
@limiter.limit("60 per minute")
def revocations() -> ResponseReturnValue:
    """The credentials that no longer hold."""
    gone = queries.certificates_gone()
    listed = [{"id": _address(public_id), "revoked": True, "revocationReason": reason} for public_id, reason in gone]
    return _json({"id": absolute_url(".revocations"), "issuer": absolute_url(".issuer"), "revokedCredential": listed})


def _badge(certificate: Certificate) -> Badge:
    completion = certificate.completion
    version, course = completion.course_version, completion.course
    return Badge(
        address=_address(certificate.public_id),
        issuer=absolute_url(".issuer"),
        issuer_name=_company(),
        achievement=absolute_url(".achievement", version_id=version.public_id),
        revocations=absolute_url(".revocations"),
        course=course.title,
        description=course.summary,
        pass_mark=version.pass_mark,
        score=badge_score(completion),
        issued_at=certificate.issued_at,
        valid_until=completion.valid_until,
        email=completion.person.email.lower(),
        salt=certificate.document.code,
    )


def _achievement(version: CourseVersion) -> dict[str, object]:
    address = absolute_url(".achievement", version_id=version.public_id)
    return badges.achievement(address, course=version.course.title, description=version.course.summary, pass_mark=version.pass_mark)


def _address(public_id: UUID) -> str:
    return f"urn:uuid:{public_id}"


def _company() -> str:
    company = find_company()
    return "Trilha" if company is None else company.name


def _json(content: dict[str, object]) -> Response:
    answer = jsonify(content)
    answer.headers["Access-Control-Allow-Origin"] = "*"  # validators ask from a browser; nothing here is of a person
    return answer
