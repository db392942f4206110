"""Finding a candidate by name or address, to compare with another by hand."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from core.db import session
from core.people.folding import folded
from core.people.models import Person
from hiring.applications.models import Candidate
from hiring.merging.queries import sees_whole

MOST = 20


def people_called(words: str, *, but: Candidate, viewer: Person) -> Sequence[Candidate]:
    """Candidates whose name has all these words, or whose address is this one, of whom the viewer sees everything."""
    named = select(Candidate).join(Candidate.person).options(joinedload(Candidate.person)).where(Candidate.id != but.id)
    by_name = [Person.searchable.contains(word, autoescape=True) for word in folded(words).split()]
    if not by_name:
        return []
    found = or_(Candidate.email == words.casefold(), and_(*by_name))
    return session.scalars(named.where(found, sees_whole(viewer, Candidate.id)).order_by(Person.searchable, Candidate.id).limit(MOST)).all()
