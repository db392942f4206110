"""How a private link opens a candidate's own pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from core.accounts.links import read_link
from core.accounts.models import Purpose
from core.errors import Gone, NotFound
from core.people.queries import find_company
from core.web.i18n import _
from core.web.pages import page
from hiring.applications.models import Application
from hiring.applications.queries import application_of_link


def by_link(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Hand the view the application its link opens; a link that opens nothing gets a page that says what to do."""

    @wraps(view)
    def opened(token: str, **values: Any) -> ResponseReturnValue:
        try:
            application = application_of_link(read_link(token, purpose=Purpose.APPLICATION, lock=request.method == "POST").subject_id)
        except (NotFound, Gone) as refusal:
            sentence = str(refusal.sentence) or _("This link is not known.")
            return page("hiring/applications/link_problem.html", status=refusal.status, sentence=sentence, company=find_company())
        return view(token, application, **values)

    return opened


def own_page(template: str, token: str, application: Application, **context: Any) -> ResponseReturnValue:
    """A page of the candidate's own."""
    return page(template, token=token, application=application, company=find_company(), **context)
