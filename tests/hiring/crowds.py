"""Many applications, faster than by applying."""

from core.db import session
from hiring.applications.models import Application, Candidate
from tests.factories import make_person

SAME = ("posting_id", "stage_id", "resume_id", "consent_version", "consented_at", "applied_at", "stage_since", "source")


def copied(template: Application, number: int) -> Application:
    """An application like this one, from somebody else."""
    person = make_person(f"Pessoa {number:03d}", email=f"p{number}@example.test")
    candidate = Candidate(person_id=person.id, email=person.email)
    session.add(candidate)
    session.flush()
    row = Application(candidate_id=candidate.id, email=person.email, **{name: getattr(template, name) for name in SAME})
    session.add(row)
    session.flush()
    return row
