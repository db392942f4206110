"""The page of a position that takes no applications any more."""

from flask.typing import ResponseReturnValue

from core.web.frame import company_of_the_page
from core.web.pages import page
from hiring.postings import labels
from hiring.postings.models import Posting
from hiring.postings.queries import open_postings


def closed_page(posting: Posting) -> ResponseReturnValue:
    """Say that it is closed, with open positions to go on to."""
    others = open_postings(limit=6)
    return page("hiring/careers/closed.html", posting=posting, others=others, labels=labels, company=company_of_the_page(), status=410)
