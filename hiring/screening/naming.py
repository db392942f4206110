"""Finding applications by the candidate's name, however many there are."""

from collections.abc import Sequence
from json import dumps

from sqlalchemy import ARRAY, ColumnElement, Integer, ScalarSelect, Select, and_, any_, bindparam, false, func, intersect, literal, select, union_all
from sqlalchemy.orm import aliased

from core.db import session
from core.people.folding import words_of
from core.people.models import PersonWord
from core.people.naming import begins
from hiring.applications.models import Application, Candidate

FEW = 1000  # sorting so many takes as long as meeting a page of them among a hundred thousand in order
COMMON = 1000


def named(words: str) -> ColumnElement[bool]:
    """The condition, on Application, that each of the words begins a word of the candidate's name, and that the name may be known.

    A name that few have is looked up: then the few are sorted, however many applications there are. One that many have is met
    soon by whoever goes through the applications in their order.
    """
    counted = _counted(words_of(words))
    if not counted:
        return false()
    asked = sorted(counted, key=lambda word: (counted[word], word))
    found = _who_has_all(asked) if counted[asked[0]] >= COMMON else _who_has_the_rarest(asked)
    few = session.scalars(found.limit(FEW + 1)).all()
    if len(few) <= FEW:
        return and_(_one_of(few), Application.names_hidden.is_(False))
    theirs = [_has(word) for word in asked]
    return and_(Application.names_hidden.is_(False), *theirs)


def _one_of(keys: Sequence[int]) -> ColumnElement[bool]:
    """The condition that an application is among these, handed over as one value: a thousand places would take longer to fill than to read."""
    if session.get_bind().dialect.name == "postgresql":
        return Application.id == any_(bindparam(None, list(keys), ARRAY(Integer)))
    value = func.json_each(dumps(list(keys))).table_valued("value").c.value
    return Application.id.in_(select(value))


def _counted(asked: list[str]) -> dict[str, int]:
    """How many words of names begin with each, where there are several to tell apart."""
    if len(asked) < 2:
        return dict.fromkeys(asked, 0)
    counts = (select(literal(place), _how_many(word)) for place, word in enumerate(asked))
    return {asked[place]: count for place, count in session.execute(union_all(*counts))}


def _how_many(word: str) -> ScalarSelect[int]:
    """How many words of names begin so, counted no further than is needed to tell the rare from the common."""
    some = select(PersonWord.word).where(begins(word)).limit(COMMON).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _who_has_the_rarest(asked: list[str]) -> Select[int]:
    """Applications of those who have the first word, of whom each other word is asked; somebody of whom two words begin so is there twice."""
    rarest, *others = asked
    query = select(Application.id).join(Candidate, Candidate.id == Application.candidate_id)
    query = query.join(PersonWord, PersonWord.person_id == Candidate.person_id).where(begins(rarest))
    for word in others:
        also = aliased(PersonWord)
        query = query.where(select(also.word).where(also.person_id == PersonWord.person_id, begins(word, also)).exists())
    return query  # sorting out who is there twice would read everybody of a common name


def _who_has_all(asked: list[str]) -> Select[int]:
    """The same where every word is common: reading a stretch of the index for each is less than asking of each person."""
    everybody = intersect(*(select(PersonWord.person_id).where(begins(word)) for word in asked))
    query = select(Application.id).join(Candidate, Candidate.id == Application.candidate_id)
    return query.where(Candidate.person_id.in_(everybody))


def _has(word: str) -> ColumnElement[bool]:
    one = aliased(PersonWord)
    query = select(one.word).join(Candidate, Candidate.person_id == one.person_id)
    theirs = query.where(Candidate.id == Application.candidate_id, begins(word, one)).correlate(Application)
    # no EXISTS: PostgreSQL would make it a join, find everybody of that name first, and sort them all
    return theirs.limit(1).scalar_subquery().is_not(None)
