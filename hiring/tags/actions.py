"""What is done with tags: put on a candidate and taken off."""

from uuid import uuid4

from core.audit.record import record
from core.clock import now
from core.db import insert_into, session
from core.errors import Invalid, NotAllowed
from core.people.actions import one_line
from core.people.folding import folded
from core.people.models import Person
from core.web.i18n import _
from hiring.applications.models import Candidate
from hiring.search.asking import ask_for_index_by_key
from hiring.tags import policy
from hiring.tags.models import CandidateTag, Tag
from hiring.tags.queries import applications_of, find_carried, find_tag, sees_candidate

LONGEST = 40


def tag_candidate(candidate: Candidate, name: str, *, by: Person) -> Tag:
    """Put a tag on a candidate; a new name makes the tag. Once more is friendly and does nothing. Needs `candidate.person`.

    Raises NotAllowed unless `by` sees an application of the candidate, Invalid for a name that is empty or too long.
    """
    _insist(candidate, by)
    tag = _tag_named(one_line(name).lstrip("#").strip())
    insert = insert_into(CandidateTag).values(public_id=uuid4(), candidate_id=candidate.id, tag_id=tag.id, by_id=by.id, tagged_at=now())
    kept = session.execute(insert.on_conflict_do_nothing(index_elements=["candidate_id", "tag_id"]).returning(CandidateTag.id)).one_or_none()
    if kept is not None:
        record("hiring.candidate.tagged", candidate, by=by, person=candidate.person, changes={"tag": tag.id})
        ask_for_index_by_key(*applications_of(candidate))
    return tag


def untag_candidate(candidate: Candidate, tag: Tag, *, by: Person) -> None:
    """Take a tag off a candidate. Once more is friendly and does nothing. Needs `candidate.person`."""
    _insist(candidate, by)
    carried = find_carried(candidate, tag)
    if carried is not None:
        session.delete(carried)
        session.flush()
        record("hiring.candidate.untagged", candidate, by=by, person=candidate.person, changes={"tag": tag.id})
        ask_for_index_by_key(*applications_of(candidate))


def _tag_named(name: str) -> Tag:
    if not folded(name):
        raise Invalid(_("A tag needs a name."), field="name")
    if len(name) > LONGEST:
        raise Invalid(_("A tag has at most %(most)s characters.", most=LONGEST), field="name")
    found = find_tag(name)
    if found is None:  # two people may name the same tag at once: one of them makes it
        insert = insert_into(Tag).values(public_id=uuid4(), name=name, folded=folded(name))
        session.execute(insert.on_conflict_do_nothing(index_elements=["folded"]))
        found = find_tag(name)
    assert found is not None
    return found


def _insist(candidate: Candidate, by: Person) -> None:
    if not policy.can_tag(by) or not sees_candidate(by, candidate):
        raise NotAllowed(_("You tag only candidates whose applications you see."))
