"""Finding applications by the candidate's name, however many there are."""

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, func, literal, select, union_all
from sqlalchemy.orm import aliased

from core.db import session
from core.people.folding import words_of
from core.people.models import PersonWord
from core.people.naming import begins
from hiring.applications.models import Application, Candidate

FEW = 100
COMMON = 1000


def named(words: str) -> ColumnElement[bool]:
    """The condition, on Application, that each of the words begins a word of the candidate's name, and that the name may be known.

    A name that few have is looked up: then the few are sorted, however many applications there are. One that many have is met
    soon by whoever goes through the applications in their order.
    """
    asked = _rarest_first(words_of(words))
    if not asked:
        return false()
    few = session.scalars(_applications_of(asked).limit(FEW + 1)).all()
    if len(few) <= FEW:
        return and_(Application.id.in_(few), Application.names_hidden.is_(False))
    theirs = [_has(word) for word in asked]
    return and_(Application.names_hidden.is_(False), *theirs)


def _rarest_first(asked: list[str]) -> list[str]:
    if len(asked) < 2:
        return asked
    counts = (select(literal(place), _how_many(word)) for place, word in enumerate(asked))
    counted = {row[0]: row[1] for row in session.execute(union_all(*counts))}
    return [asked[place] for place in sorted(counted, key=lambda place: (counted[place], place))]


def _how_many(word: str) -> ScalarSelect[int]:
    """How many words of names begin so, counted no further than is needed to tell the rare from the common."""
    some = select(PersonWord.word).where(begins(word)).limit(COMMON).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _applications_of(asked: list[str]) -> Select[int]:
    rarest, *others = asked
    query = select(Application.id).join(Candidate, Candidate.id == Application.candidate_id)
    query = query.join(PersonWord, PersonWord.person_id == Candidate.person_id).where(begins(rarest))
    for word in others:
        also = aliased(PersonWord)
        query = query.where(select(also.word).where(also.person_id == PersonWord.person_id, begins(word, also)).exists())
    return query  # somebody of whom two words begin so is there twice: sorting that out would read everybody of a common name


def _has(word: str) -> ColumnElement[bool]:
    one = aliased(PersonWord)
    query = select(one.word).join(Candidate, Candidate.person_id == one.person_id)
    theirs = query.where(Candidate.id == Application.candidate_id, begins(word, one)).correlate(Application)
    # no EXISTS: PostgreSQL would make it a join, find everybody of that name first, and sort them all
    return theirs.limit(1).scalar_subquery().is_not(None)
