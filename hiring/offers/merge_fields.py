"""What the merge fields of an offer's letter stand for."""

from flask_babel import format_date

from core.db import session
from core.errors import Invalid
from core.people.models import Department
from core.people.queries import find_company
from core.web.i18n import _, force_locale
from core.web.money import format_money
from hiring.applications.models import Application
from hiring.offers import letters
from hiring.offers.models import Offer
from hiring.offers.terms import Terms


def letter_values(offer: Offer | Terms, application: Application) -> dict[str, str]:
    """What each merge field stands for in this offer or with these terms, as text in their language."""
    company = find_company()
    posting = application.posting
    with force_locale(offer.language):
        return {
            "candidate_name": application.candidate.person.name,
            "position": posting.title,
            "company": company.name if company else "",
            "department": session.get_one(Department, posting.department_id).name,
            "location": offer.location.name,
            "salary": format_money(offer.salary, offer.currency),
            "start_date": format_date(offer.starts_on, "long"),
            "expiry_date": format_date(offer.expires_on, "long"),
            "manager_name": offer.manager.name,
            "benefits": offer.benefits.strip(),
            "bonus": offer.bonus.strip(),
            "probation": "" if not offer.probation_days else str(offer.probation_days),
        }


def resolved_values(offer: Offer | Terms, application: Application) -> dict[str, str]:
    """The same, once every field the letter uses has a value. Raises Invalid that names those that have none."""
    values = letter_values(offer, application)
    missing = letters.unresolved_fields(offer.letter, values)
    if missing:
        names = ", ".join(str(letters.FIELDS[name]) for name in missing)
        raise Invalid(_("The letter cannot be made yet. Missing: %(names)s.", names=names), field="letter")
    return values
