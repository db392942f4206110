"""What goes with a candidate who has everything deleted: who became them, and what told that it was they."""

from sqlalchemy import delete, or_, select, update

from core.audit.record import forget_key
from core.db import session
from core.mail.erasing import erase_mails
from core.people.erasing import erase_person
from hiring.applications.models import Application, Candidate
from hiring.merging.models import Likeness, LikenessKey, Merge
from hiring.merging.queries import others_of


def erase_others_of(candidate: Candidate) -> None:
    """Erase who became this candidate, and every sentence about who is whom."""
    others = others_of(candidate)
    keys = [candidate.id, *(each.id for each in others)]
    session.execute(delete(LikenessKey).where(LikenessKey.candidate_id.in_(keys)))
    pairs = or_(Likeness.earlier_id.in_(keys), Likeness.later_id.in_(keys))
    session.execute(update(Likeness).where(pairs).values(reason="", grounds=[]))
    merges = or_(Merge.kept_id.in_(keys), Merge.gone_id.in_(keys))
    session.execute(update(Merge).where(merges).values(reason="-", contact_before={}, contact_after={}, moved={}))
    for each in others:
        each.email = f"{each.public_id.hex}@erased.invalid"
        erase_mails(to=each.person, about=[])
        erase_person(each.person)
        forget_key(each.person)
    session.flush()


def applications_beside(application: Application) -> list[Application]:
    """This application and all others of the same candidate, the first one first: they are deleted together."""
    query = select(Application).where(Application.candidate_id == application.candidate_id, Application.erased_at.is_(None))
    return list(session.scalars(query.order_by(Application.id)))
