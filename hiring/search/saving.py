"""What is done with saved searches: kept, told of, switched off, removed. Each belongs to its owner alone."""

from sqlalchemy import func, insert, select

from core.audit.record import record
from core.clock import today
from core.db import session
from core.errors import Conflict, Invalid, NotAllowed
from core.people.actions import one_line
from core.people.models import Person
from core.people.queries import get_person_by_key
from core.people.rights import Right
from core.web.i18n import _
from hiring.applications.models import Application
from hiring.search import mails
from hiring.search.labels import sentence_of
from hiring.search.language import QueryError, parse
from hiring.search.queries import Hit, search
from hiring.search.saved_models import SavedSearch, ToldHit
from hiring.search.saved_queries import find_saved, saved_by, told_keys

LONGEST = 80
MOST = 50
NEWS = 200


def save_search(name: str, query: str, *, by: Person) -> SavedSearch:
    """Keep a query under a name, with alerts for what comes from now on. Raises Invalid, or Conflict when one has that name."""
    if not by.may(Right.SEE_APPLICATIONS):
        raise NotAllowed(_("Only those who see applications search them."))
    name = one_line(name)
    if not name or len(name) > LONGEST:
        raise Invalid(_("A saved search needs a name of at most %(most)s characters.", most=LONGEST), field="name")
    try:
        tree = parse(query)
    except QueryError as error:
        raise Invalid(sentence_of(error), field="query") from error
    if tree is None:
        raise Invalid(_("Search for something first."), field="query")
    kept = saved_by(by)
    if any(one.name == name for one in kept):
        raise Conflict(_("You have a saved search of that name already."))
    if len(kept) >= MOST:
        raise Invalid(_("You keep %(most)s searches already. Remove one first.", most=MOST))
    newest = session.scalars(select(func.max(Application.id))).one() or 0
    saved = SavedSearch(owner_id=by.id, name=name, query=query.strip(), last_key=newest)
    session.add(saved)
    session.flush()
    record("hiring.saved_search.kept", saved, by=by)
    return saved


def set_alerts(saved: SavedSearch, wanted: bool, *, by: Person) -> None:
    """Switch the daily mail on or off."""
    _insist(saved, by)
    if saved.alerts != wanted:
        saved.alerts = wanted
        session.flush()
        record("hiring.saved_search.alerts_changed", saved, by=by, changes={"alerts": wanted})


def remove_search(saved: SavedSearch, *, by: Person) -> None:
    """Forget a saved search."""
    _insist(saved, by)
    record("hiring.saved_search.removed", saved, by=by)
    session.delete(saved)
    session.flush()


def tell_of_news(key: int) -> None:
    """Mail the owner what fits and is new, of what they may see now. At most once a day, and of each application once."""
    saved = find_saved(key)
    if saved is None or not saved.alerts or saved.told_on == today():
        return
    owner = get_person_by_key(saved.owner_id)
    if not owner.may(Right.SEE_APPLICATIONS):
        return
    hits = _news(saved, owner)
    if not hits:
        return
    saved.told_on = today()
    session.execute(insert(ToldHit), [{"saved_search_id": saved.id, "application_id": hit.key} for hit in hits])
    mails.saved_search_news(saved, hits, to=owner)


def _news(saved: SavedSearch, owner: Person) -> list[Hit]:
    try:
        tree = parse(saved.query)
    except QueryError:
        return []  # the language has changed since: the page says so when the search is opened
    if tree is None:
        return []
    told = told_keys(saved)
    return [hit for hit in search(tree, owner, size=NEWS, after=saved.last_key).rows if hit.key not in told]


def _insist(saved: SavedSearch, by: Person) -> None:
    if saved.owner_id != by.id:
        raise NotAllowed(_("This saved search belongs to somebody else."))
