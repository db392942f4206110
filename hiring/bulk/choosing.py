"""Finding whom somebody chose: those who were ticked, or all that a list finds."""

from uuid import UUID

from werkzeug.datastructures import MultiDict

from core.clock import now, today
from core.people.models import Person
from hiring.board.looking import conditions, in_list, wanted_in
from hiring.bulk.actions import MOST
from hiring.bulk.forms import chosen_ids
from hiring.bulk.queries import keys_of, keys_where
from hiring.postings.queries import get_posting_with_stages
from hiring.screening.lists import in_inbox, shown_by


def chosen_in(sent: MultiDict[str, str], *, viewer: Person) -> list[tuple[int, int]]:
    """Inner keys and versions of the applications a form names. Raises NotFound when one of them is not the viewer's to see."""
    if sent.get("everybody") != "yes":
        return keys_of(chosen_ids(sent), viewer=viewer)
    posting = _id(sent.get("posting", ""))
    if sent.get("list") == "posting":
        found = get_posting_with_stages(posting or UUID(int=0), viewer=viewer)
        wanted = wanted_in(sent)
        looked_for = conditions(wanted, found, viewer=viewer, now=now(), today=today())
        return keys_where([in_list(wanted, found), *looked_for], viewer=viewer, most=MOST)
    words = sent.get("words", "").replace("\x00", "").strip()[:80]
    return keys_where(in_inbox(viewer, show=shown_by(sent.get("show", "")), posting=posting, words=words), viewer=viewer, most=MOST)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
