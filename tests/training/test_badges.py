"""Open Badges 3.0: signed so that anyone with the published key can check it, without the holder's address in the clear."""

import base64
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from sqlalchemy import select

from core.db import session
from core.documents.badges import public_key
from core.people.queries import get_person
from core.people.rights import Role
from tests.factories import make_person
from tests.training.situations import a_draft_course, a_passed_exam, a_trainer, an_officer
from training.certificates.actions import revoke_certificate
from training.certificates.models import Certificate
from training.certificates.queries import get_certificate


def unpacked(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_a_badge_checks_with_the_published_key_and_says_what_the_paper_says(client: Any, sign_in: Any, sign_out: Any, run_jobs: Any) -> None:
    learner, _attempt = a_passed_exam()
    person, email, title, version = learner.person, learner.person.email, learner.course.title, learner.version.public_id
    session.commit()
    run_jobs()
    certificate = session.scalars(select(Certificate)).one().public_id
    address = f"/badges/{certificate}/credential.jwt"
    sign_in(make_person("Eva Stranger", roles=(Role.NEW_HIRE,)))
    assert client.get(address).status_code == 404
    sign_in(person)
    token = client.get(address).get_data(as_text=True)
    assert address in client.get("/learning").get_data(as_text=True)
    sign_out()
    header, body, signature = token.split(".")
    (key,) = client.get("/badges/keys.json").get_json()["keys"]
    assert json.loads(unpacked(header)) == {"alg": "RS256", "typ": "JWT", "kid": key["kid"]}
    assert set(key) == {"kty", "n", "e", "alg", "use", "kid"}  # the public half only
    numbers = rsa.RSAPublicNumbers(int.from_bytes(unpacked(key["e"]), "big"), int.from_bytes(unpacked(key["n"]), "big"))
    numbers.public_key().verify(unpacked(signature), f"{header}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())  # raises if not ours
    said = json.loads(unpacked(body))
    assert said["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (said["jti"], said["iss"]) == (said["id"], said["issuer"]["id"])
    assert said["validUntil"] > said["validFrom"]
    subject = said["credentialSubject"]
    assert subject["achievement"]["name"] == title
    assert subject["result"][0]["value"] == "100.0"
    identity = subject["identifier"][0]
    assert identity["identityHash"] == "sha256$" + hashlib.sha256((email + identity["salt"]).encode()).hexdigest()
    assert email not in unpacked(body).decode()
    assert client.get(f"/badges/achievements/{version}").get_json()["name"] == title
    assert client.get("/badges/issuer").get_json()["id"] == said["iss"]


def test_what_an_older_key_signed_can_still_be_checked(app: Any, client: Any) -> None:
    before = public_key()["kid"]
    folder = app.extensions["settings"].instance
    (folder / "badges.pem").rename(folder / "badges-old.pem")
    try:
        kinds = [key["kid"] for key in client.get("/badges/keys.json").get_json()["keys"]]
        assert kinds == [public_key()["kid"], before] and kinds[0] != before
    finally:
        (folder / "badges-old.pem").rename(folder / "badges.pem")


def test_a_revoked_badge_is_on_the_list_without_the_reason_and_cannot_be_had(client: Any, sign_in: Any, run_jobs: Any) -> None:
    a_passed_exam()
    session.commit()
    run_jobs()
    assert client.get("/badges/revocations").get_json()["revokedCredential"] == []
    officer = get_person(an_officer("Rui Officer").public_id)
    certificate = get_certificate(session.scalars(select(Certificate.public_id)).one(), viewer=officer)
    public_id, holder = certificate.public_id, certificate.completion.person
    revoke_certificate(certificate, reason="Somebody else sat it.", by=officer)
    session.commit()
    (gone,) = client.get("/badges/revocations").get_json()["revokedCredential"]
    assert gone == {"id": f"urn:uuid:{public_id}", "revoked": True, "revocationReason": "revoked"}
    sign_in(holder)
    assert client.get(f"/badges/{public_id}/credential.jwt").status_code == 409


def test_a_course_nobody_is_certified_in_is_not_told_of(client: Any) -> None:
    version = a_draft_course(by=a_trainer()).public_id
    session.commit()
    assert client.get(f"/badges/achievements/{version}").status_code == 404
