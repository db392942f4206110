"""The Open Badges 3.0 credential of a certificate: plain values in, JSON-LD out. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]


@dataclass(frozen=True)
class Badge:
    """What a credential says. Addresses are whole; `salt` keeps the holder's address from being guessed out of its hash."""

    address: str
    issuer: str
    issuer_name: str
    achievement: str
    revocations: str
    course: str
    description: str
    pass_mark: int
    score: str  # "" where there is none to show
    issued_at: datetime
    valid_until: date | None
    email: str
    salt: str


def credential(badge: Badge) -> dict[str, Any]:
    """The credential as JSON-LD."""
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "id": badge.address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.course,
        "issuer": profile(badge.issuer, badge.issuer_name),
        "validFrom": _instant(badge.issued_at),
        "credentialSubject": _subject(badge),
        "credentialStatus": {"id": badge.revocations, "type": "1EdTechRevocationList"},
    }
    if badge.valid_until is not None:
        found["validUntil"] = _instant(_end_of(badge.valid_until))
    return found


def token_payload(badge: Badge) -> dict[str, Any]:
    """The credential with the claims of a JSON Web Token: issuer, number, from when and until when."""
    claims: dict[str, Any] = {"iss": badge.issuer, "jti": badge.address, "nbf": int(badge.issued_at.timestamp())}
    if badge.valid_until is not None:
        claims["exp"] = int(_end_of(badge.valid_until).timestamp())
    return credential(badge) | claims


def profile(address: str, name: str) -> dict[str, Any]:
    """Who issues."""
    return {"id": address, "type": ["Profile"], "name": name}


def achievement(address: str, *, course: str, description: str, pass_mark: int) -> dict[str, Any]:
    """What was achieved."""
    return {
        "id": address,
        "type": ["Achievement"],
        "name": course,
        "description": description or course,
        "criteria": {"narrative": f"Score of at least {pass_mark} %."},
        "resultDescription": [
            {
                "id": f"{address}#score",
                "type": ["ResultDescription"],
                "name": "Score",
                "resultType": "Percent",
                "valueMin": "0",
                "valueMax": "100",
                "requiredValue": str(pass_mark),
            }
        ],
    }


def _subject(badge: Badge) -> dict[str, Any]:
    hashed = hashlib.sha256((badge.email + badge.salt).encode()).hexdigest()
    identity = {"type": "IdentityObject", "hashed": True, "identityHash": f"sha256${hashed}", "identityType": "emailAddress", "salt": badge.salt}
    reached = achievement(badge.achievement, course=badge.course, description=badge.description, pass_mark=badge.pass_mark)
    subject: dict[str, Any] = {"type": ["AchievementSubject"], "identifier": [identity], "achievement": reached}
    if badge.score:
        subject["result"] = [{"type": ["Result"], "resultDescription": f"{badge.achievement}#score", "value": badge.score}]
    return subject


def _end_of(day: date) -> datetime:
    """The last second of the day where the day ends last, so that a badge never lapses before the paper does."""
    return datetime.combine(day, time(23, 59, 59), UTC) + timedelta(hours=12)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
