"""Who is hidden at the moment."""

from collections.abc import Collection

from sqlalchemy import select

from core.db import session
from hiring.applications.models import Application, Candidate
from hiring.blind.naming import code_name


def hidden_people(people: Collection[int]) -> dict[int, str]:
    """Those of these people, by inner key, whose name is hidden in some application, with what they are called there."""
    query = select(Candidate.person_id, Application.public_id).join(Application.candidate).where(Application.names_hidden.is_(True))
    return {row[0]: code_name(row[1]) for row in session.execute(query.where(Candidate.person_id.in_(people)).order_by(Application.id))}
