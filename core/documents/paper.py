"""What every document of the company carries: who it is from, and how to check it."""

from dataclasses import dataclass

from core.documents.codes import qr_svg
from core.people.queries import find_company
from core.web.addresses import absolute_url


@dataclass(frozen=True)
class Paper:
    """Letterhead and proof, as plain text. Without a code the document says nothing about checking."""

    company: str
    address: str = ""
    website: str = ""
    code: str = ""
    check_page: str = ""  # where one types the code
    check_address: str = ""  # where the QR picture leads
    qr: str = ""

    @property
    def initials(self) -> str:
        """At most two letters that stand for the company."""
        words = [word for word in self.company.split() if word[0].isalnum()]
        return "".join(word[0] for word in words[:2]).upper() or "T"


def company_paper(*, code: str = "") -> Paper:
    """The company's paper, with the QR picture and address for checking when there is a code (from `new_code()`)."""
    company = find_company()
    name, address, website = ("Trilha", "", "") if company is None else (company.name, company.address, company.website)
    if not code:
        return Paper(name, address, website)
    checked_at = absolute_url("verify.show", code=code)
    return Paper(name, address, website, code, absolute_url("verify.ask").split("://", 1)[1], checked_at, qr_svg(checked_at))
