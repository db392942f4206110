"""Reading references."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from core.db import session
from hiring.applications.models import Application
from hiring.references.models import Reference


def references_of(application: Application) -> Sequence[Reference]:
    """The references noted for an application, newest first, with who noted them."""
    query = select(Reference).where(Reference.application_id == application.id).options(joinedload(Reference.by))
    return session.scalars(query.order_by(Reference.noted_at.desc(), Reference.id.desc())).all()
