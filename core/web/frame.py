"""What the frame around every page needs: the company's name, the navigation in sections, the choice of language."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Blueprint, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from core.db import session as database
from core.errors import Invalid
from core.people.models import Company, Person
from core.people.queries import find_company, get_person_by_key
from core.web.access import public_page
from core.web.i18n import LOCALES, _
from core.web.navigation import navigation
from core.web.pages import own_address

bp = Blueprint("frame", __name__)


@dataclass(frozen=True)
class NavigationLink:
    """An entry as the page shows it."""

    label: str
    url: str
    icon: str
    current: bool


@dataclass
class NavigationSection:
    """Entries under one heading; the first section has none."""

    title: str
    links: list[NavigationLink] = field(default_factory=list)


@bp.route("/language", methods=["POST"])
@public_page
def choose_language() -> ResponseReturnValue:
    """Speak another language from now on, in this browser."""
    locale = request.form.get("locale", "")
    if locale not in LOCALES:
        raise Invalid(_("This language is not spoken here."))
    session["locale"] = locale
    return redirect(own_address(request.form.get("next"), otherwise=url_for("home.front")))


@bp.app_template_global()
def company_name() -> str:
    """The employer's name; the product's own while there is no company or no database."""
    if "company_name" not in g:
        try:
            company = company_of_the_page()
            g.company_name = company.name if company is not None else "Trilha"
        except SQLAlchemyError:  # an error page must come out even then
            g.company_name = "Trilha"
    return str(g.company_name)


def company_of_the_page() -> Company | None:
    """The company's profile, if it has been set up: for a page that shows more of it than its frame does, asked for once."""
    if "company" not in g:
        g.company = find_company()
    company: Company | None = g.company
    return company


@bp.app_template_global()
def person_of_the_frame() -> Person | None:
    """The signed-in person for an error page: read again, because the failed transaction took what was known along."""
    if g.get("person") is None:
        return None
    try:
        database.rollback()
        g.person = get_person_by_key(g.person.id)
    except Exception:  # whatever is broken, the page for strangers still works
        g.person = None
    person: Person | None = g.person
    return person


@bp.app_template_global()
def request_number() -> str:
    """The number under which the log knows this request."""
    return str(g.get("request_id", ""))


@bp.app_template_global()
def public_links() -> list[tuple[str, str]]:
    """What the foot of a public page leads to, as far as this installation has it."""
    wanted = ((_("Jobs"), "careers.index"), (_("Check a document"), "verify.ask"), (_("Staff sign-in"), "accounts.sign_in"))
    return [(label, url_for(endpoint)) for label, endpoint in wanted if endpoint in current_app.view_functions]


@bp.app_template_global()
def navigation_sections() -> Sequence[NavigationSection]:
    """The navigation of this person by section: home first, administration last, else in declared order."""
    entries = [entry for entry in navigation() if entry.endpoint in current_app.view_functions]
    addresses = {entry.endpoint: url_for(entry.endpoint) for entry in entries}
    here = max((url for url in addresses.values() if _is_under(request.path, url)), key=len, default="")
    sections: dict[str, NavigationSection] = {}
    for entry in entries:
        title = str(entry.section)
        section = sections.setdefault(title, NavigationSection(title))
        url = addresses[entry.endpoint]
        section.links.append(NavigationLink(str(entry.label), url, entry.icon.removeprefix("bi-"), url == here))
    for section in sections.values():
        section.links.sort(key=lambda link: link.url != addresses.get("home.mine"))
    return sorted(sections.values(), key=lambda section: (bool(section.title), section.title == _("Administration")))


def _is_under(path: str, address: str) -> bool:
    return path == address or path.startswith(address.rstrip("/") + "/")
