"""The mail about what is new in a saved search."""

from collections.abc import Sequence

from core.mail.outbox import queue_mail
from core.people.models import Person
from core.web.addresses import absolute_url
from hiring.search.queries import Hit
from hiring.search.saved_models import SavedSearch

SHOWN = 10


def saved_search_news(saved: SavedSearch, hits: Sequence[Hit], *, to: Person) -> None:
    """Tell the owner of a saved search which applications are new in it."""
    context = {
        "name": to.name,
        "search": saved.name,
        "count": len(hits),
        "more": max(0, len(hits) - SHOWN),
        "hits": [(hit.shown_name, hit.posting, absolute_url("screening.show", application_id=hit.public_id)) for hit in hits[:SHOWN]],
        "link": absolute_url("search.index", q=saved.query),
    }
    queue_mail("saved_search_news", to=to, context=context, about=saved.public_id)
