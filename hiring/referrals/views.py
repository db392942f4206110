"""The page on which a colleague finds their links, and makes one."""

from uuid import UUID

from flask import Blueprint, g, redirect, url_for
from flask.typing import ResponseReturnValue

from core.clock import now
from core.errors import NotFound
from core.people.rights import Right
from core.web.access import access
from core.web.addresses import absolute_url
from core.web.pages import page
from hiring.postings.forms import EmptyForm
from hiring.postings.queries import open_postings
from hiring.referrals.actions import make_link
from hiring.referrals.queries import my_links

bp = Blueprint("referrals", __name__, url_prefix="/referrals")


@bp.get("")
@access(Right.WORK)
def index() -> ResponseReturnValue:
    """My links with counts, and the open postings I could hand on."""
    links = my_links(g.person, now=now())
    mine = {link.slug for link in links}
    addresses = {link.word: absolute_url("careers.show", slug=link.slug, ref=link.word) for link in links}
    others = [posting for posting in open_postings() if posting.takes_applications and posting.slug not in mine]
    return page("hiring/referrals/index.html", links=links, addresses=addresses, postings=others, empty_form=EmptyForm(formdata=None))


@bp.post("/<uuid:posting_id>")
@access(Right.WORK)
def make(posting_id: UUID) -> ResponseReturnValue:
    """Make a link to an open posting."""
    posting = next((each for each in open_postings() if each.public_id == posting_id), None)
    if posting is None:
        raise NotFound
    make_link(posting, by=g.person)
    return redirect(url_for(".index"))
