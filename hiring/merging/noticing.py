"""Noticing in the background that a candidate may be somebody who applied before. It is only ever suggested."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TypeVar
from uuid import uuid4

from sqlalchemy import delete, func, or_, select, tuple_

from core.clock import now
from core.db import insert_into, session
from core.files.models import StoredFile
from core.people.models import Location, Person
from hiring.applications.models import Application, Candidate
from hiring.merging.likeness import nearly_the_same_name, number_in_e164
from hiring.merging.models import Ground, Likeness, LikenessKey, LikenessState, Merge
from hiring.postings.models import Posting

CROWD = 10  # what more candidates than this have in common tells nothing about any of them: an agency's telephone
Key = tuple[Ground, str]
Pair = tuple[int, int]
T = TypeVar("T")


def notice_the_same(candidates: Collection[int]) -> None:
    """Write anew by what these candidates (inner keys) are recognised, and whom they may be. Twice changes nothing."""
    names = _names_of(candidates)
    _keep_keys(candidates, _keys_of(candidates))
    session.flush()
    candidates = {*candidates, *_lost_in_a_crowd(candidates)}
    found = _pairs_among(candidates, names)
    known = _known_about(candidates)
    for pair in _said_to_differ(found):
        del found[pair]
    for pair, grounds in sorted(found.items()):
        listed: list[str] = sorted(grounds)
        if pair in known and known[pair].state is LikenessState.OPEN:
            known[pair].grounds = listed
        elif pair not in known:
            values = {"public_id": uuid4(), "earlier_id": pair[0], "later_id": pair[1], "grounds": listed, "noticed_at": now()}
            wanted = insert_into(Likeness).values(state=LikenessState.OPEN, reason="", **values)
            session.execute(wanted.on_conflict_do_nothing(index_elements=["earlier_id", "later_id"]))
    for pair, likeness in known.items():
        if likeness.state is LikenessState.OPEN and pair not in found:
            session.delete(likeness)
    session.flush()


def _names_of(candidates: Collection[int]) -> dict[int, str]:
    query = select(Candidate.id, Person.name).join(Candidate.person)
    return {row.id: row.name for some in _slices(candidates) for row in session.execute(query.where(Candidate.id.in_(some)))}


def _keys_of(candidates: Collection[int]) -> dict[int, set[Key]]:
    query = (
        select(Application.candidate_id, Application.email, Candidate.email, Person.phone, Location.country, StoredFile.sha256)
        .join(Application.candidate)
        .join(Candidate.person)
        .join(Application.posting)
        .join(Posting.location)
        .join(StoredFile, StoredFile.id == Application.resume_id)
        .where(Application.candidate_id.in_(candidates), Application.erased_at.is_(None))
    )
    found: dict[int, set[Key]] = defaultdict(set)
    for candidate, first_email, email, phone, country, sha256 in session.execute(query):
        found[candidate] |= {(Ground.EMAIL, first_email), (Ground.EMAIL, email), (Ground.RESUME, sha256)}
        if number := number_in_e164(phone, country):
            found[candidate].add((Ground.PHONE, number))
    return found


def _keep_keys(candidates: Collection[int], wanted: dict[int, set[Key]]) -> None:
    rows = session.execute(
        select(LikenessKey.id, LikenessKey.candidate_id, LikenessKey.ground, LikenessKey.value).where(LikenessKey.candidate_id.in_(candidates))
    ).all()
    there = {(row.candidate_id, row.ground, row.value) for row in rows}
    gone = [row.id for row in rows if (row.ground, row.value) not in wanted.get(row.candidate_id, ())]
    if gone:
        session.execute(delete(LikenessKey).where(LikenessKey.id.in_(gone)))
    fresh = [
        {"candidate_id": candidate, "ground": ground, "value": value}
        for candidate in sorted(wanted)
        for ground, value in sorted(wanted[candidate])
        if (candidate, ground, value) not in there
    ]
    if fresh:
        session.execute(insert_into(LikenessKey).on_conflict_do_nothing(index_elements=["candidate_id", "ground", "value"]), fresh)


def _pairs_among(candidates: Collection[int], names: dict[int, str]) -> dict[Pair, set[Ground]]:
    """Who shares what with one of these candidates."""
    ours = select(LikenessKey.ground, LikenessKey.value).where(LikenessKey.candidate_id.in_(candidates)).distinct().subquery()
    same = (LikenessKey.ground == ours.c.ground) & (LikenessKey.value == ours.c.value)
    several = select(LikenessKey.ground, LikenessKey.value).join(ours, same).group_by(LikenessKey.ground, LikenessKey.value)
    shared = [(row.ground, row.value) for row in session.execute(several.having(func.count().between(2, CROWD)))]
    holders: dict[Key, list[int]] = defaultdict(list)
    for some in _slices(shared):
        query = select(LikenessKey.ground, LikenessKey.value, LikenessKey.candidate_id)
        for ground, value, candidate in session.execute(query.where(tuple_(LikenessKey.ground, LikenessKey.value).in_(some))):
            holders[ground, value].append(candidate)
    others = {candidate for each in holders.values() for candidate in each} - names.keys()
    names = {**names, **_names_of(others)}
    found: dict[Pair, set[Ground]] = defaultdict(set)
    wanted = set(candidates)
    for (ground, _value), held_by in holders.items():
        for one in wanted.intersection(held_by):
            for other in held_by:
                if other != one and (ground is not Ground.RESUME or nearly_the_same_name(names[one], names[other])):
                    found[min(one, other), max(one, other)].add(ground)
    return found


def _lost_in_a_crowd(candidates: Collection[int]) -> set[int]:
    """Who had something in common with few until these candidates came, and has it in common with a crowd now."""
    ours = select(LikenessKey.ground, LikenessKey.value).where(LikenessKey.candidate_id.in_(candidates)).distinct().subquery()
    same = (LikenessKey.ground == ours.c.ground) & (LikenessKey.value == ours.c.value)
    counted = select(LikenessKey.ground, LikenessKey.value).join(ours, same).group_by(LikenessKey.ground, LikenessKey.value)
    crowds = session.execute(counted.having(func.count().between(CROWD + 1, CROWD + len(candidates)))).all()
    query = select(LikenessKey.candidate_id)
    among = [query.where(LikenessKey.ground == ground, LikenessKey.value == value) for ground, value in crowds]
    return {candidate for each in among for candidate in session.scalars(each)}


def _slices(rows: Iterable[T], size: int = 300) -> Iterable[list[T]]:
    listed = list(rows)
    return (listed[start : start + size] for start in range(0, len(listed), size))


def _known_about(candidates: Collection[int]) -> dict[Pair, Likeness]:
    query = select(Likeness).where(or_(Likeness.earlier_id.in_(candidates), Likeness.later_id.in_(candidates)))
    return {(each.earlier_id, each.later_id): each for each in session.scalars(query)}


def _said_to_differ(pairs: Collection[Pair]) -> set[Pair]:
    """Those pairs of which somebody said that they differ, of them or of candidates who have become one of them."""
    everyone = {candidate for pair in pairs for candidate in pair}
    into = standing_for(everyone)
    said = select(Likeness.earlier_id, Likeness.later_id).where(Likeness.state == LikenessState.DIFFERENT)
    told = session.execute(said.where(Likeness.earlier_id.in_(into), Likeness.later_id.in_(into))).all() if pairs else []
    apart = {(into[one], into[other]) for one, other in told}
    return {(one, other) for one, other in pairs if (one, other) in apart or (other, one) in apart}


def standing_for(candidates: Collection[int]) -> dict[int, int]:
    """These candidates and all who have become one of them, each with the one it is now."""
    into = {candidate: candidate for candidate in candidates}
    newest = set(candidates)
    while newest:
        rows = session.execute(select(Merge.gone_id, Merge.kept_id).where(Merge.kept_id.in_(newest), Merge.undone_at.is_(None))).all()
        newest = {gone for gone, _kept in rows if gone not in into}
        into |= {gone: into[kept] for gone, kept in rows if gone in newest}
    return into
