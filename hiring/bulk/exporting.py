"""The chosen applications as a table for spreadsheets. Who is hidden on the pages is hidden here."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select

from core.clock import now
from core.db import session
from core.people.models import Person
from core.web.addresses import absolute_url
from core.web.i18n import _
from core.web.spreadsheets import Cell
from hiring.applications.labels import STATES
from hiring.applications.models import Application, Candidate
from hiring.applications.queries import sees_application
from hiring.blind.naming import name_shown
from hiring.bulk.models import Bulk, BulkItem
from hiring.postings.models import Posting, Stage
from hiring.search.queries import tags_by_candidate


def table_of(bulk: Bulk, *, viewer: Person) -> list[list[Cell]]:
    """A head and a row for each chosen application that the viewer sees now."""
    query: Select[*tuple[Any, ...]] = (
        select(Application, Candidate, Person, Posting.title, Stage.name)
        .select_from(BulkItem)
        .join(BulkItem.application)
        .join(Application.posting)
        .join(Application.stage)
        .join(Application.candidate)
        .join(Candidate.person)
        .where(BulkItem.bulk_id == bulk.id, sees_application(viewer))
        .order_by(BulkItem.id)
    )
    found = [tuple(row) for row in session.execute(query)]
    tags = tags_by_candidate([row[0].candidate_id for row in found]) if found else {}
    return [_head(), *_rows(found, tags)]


def _head() -> list[Cell]:
    words = [_("Candidate"), _("E-mail"), _("Phone"), _("Posting"), _("Stage"), _("State"), _("Applied on"), _("Days in this stage")]
    return [str(word) for word in [*words, _("Source"), _("Tags"), _("Address")]]


def _rows(found: list[tuple[Any, ...]], tags: dict[int, list[str]]) -> Iterator[list[Cell]]:
    at, address = now(), absolute_url("screening.inbox")
    for application, candidate, person, posting, stage in found:
        hidden = application.names_hidden or application.erased_at is not None
        yield [
            name_shown(person.name, application.public_id, application.names_hidden),
            "" if hidden else person.email,
            "" if hidden else person.phone,
            posting,
            stage,
            str(STATES[application.state]),
            application.applied_at.date().isoformat(),
            max(0, (at - application.stage_since).days),
            application.source,
            ", ".join(sorted(tags.get(candidate.id, []))),
            f"{address}/{application.public_id}",
        ]
