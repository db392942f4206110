"""The public careers pages: find a position and read it."""

from flask import Blueprint, Response, current_app, jsonify, make_response, request, send_from_directory
from flask.typing import ResponseReturnValue

from core.clock import now
from core.people.queries import departments, find_company, locations
from core.web.access import public_page
from core.web.addresses import absolute_url
from core.web.frame import company_of_the_page
from core.web.headers import let_others_frame
from core.web.i18n import _, language_tag
from core.web.pages import page
from core.web.paging import wanted_page
from hiring.careers.closed import closed_page
from hiring.careers.indeed import indeed_feed
from hiring.careers.jobs import job_of
from hiring.careers.sources import remember_source, source_text
from hiring.careers.structured import atom_feed, job_card, job_posting, script_safe, site_map
from hiring.postings import labels
from hiring.postings.queries import CareersFilter, careers_page, find_public_posting, open_postings

bp = Blueprint("careers", __name__)
bp.add_app_template_filter(source_text, "source")


@bp.get("/careers")
@public_page
def index() -> ResponseReturnValue:
    """Positions one can apply to, with search and filters."""
    remember_source()
    asked = {name: request.args.get(name, "").strip()[:100] for name in ("text", "department", "location", "workplace", "employment_type")}
    wanted = CareersFilter(**asked)
    return page(
        "hiring/careers/index.html",
        postings=careers_page(wanted, number=wanted_page()),
        wanted=wanted,
        filtered=any(asked.values()),
        company=company_of_the_page(),
        departments=[(each.public_id, each.name) for each in departments()],
        locations=[(each.public_id, each.name) for each in locations()],
        labels=labels,
        canonical=absolute_url("careers.index"),
    )


@bp.get("/careers/<slug>")
@public_page
def show(slug: str) -> ResponseReturnValue:
    """One position."""
    remember_source()
    posting = find_public_posting(slug)
    if not posting.takes_applications:
        return closed_page(posting)
    company = company_of_the_page()
    job = job_of(posting, company)
    structured = script_safe(job_posting(job))
    return page(
        "hiring/careers/show.html",
        posting=posting,
        company=company,
        labels=labels,
        canonical=job.url,
        structured=structured,
        job=job,
        picture=absolute_url("static", filename="images/share.png"),
    )


@bp.get("/careers/feed.xml")
@public_page
def feed() -> ResponseReturnValue:
    """An Atom feed of open positions."""
    company = find_company()
    jobs = [job_of(posting, company) for posting in open_postings(limit=100)]
    title = _("Open positions at %(company)s", company=company.name if company else "Trilha")
    body = atom_feed(jobs, title=title, feed_url=absolute_url("careers.feed"), page_url=absolute_url("careers.index"), language=language_tag())
    return _answer(body, "application/atom+xml")


@bp.get("/careers/indeed.xml")
@public_page
def indeed() -> ResponseReturnValue:
    """Every open position in the form Indeed reads."""
    company = find_company()
    jobs = [job_of(posting, company) for posting in open_postings()]
    publisher = company.name if company else "Trilha"
    body = indeed_feed(jobs, publisher=publisher, publisher_url=absolute_url("careers.index"), built_at=now())
    return _answer(body, "application/xml")


@bp.get("/careers/embed")
@public_page
def embed() -> ResponseReturnValue:
    """The list for a frame on the company's own site."""
    let_others_frame()
    department = request.args.get("department", "")[:100]
    found = careers_page(CareersFilter(department=department), number=1)
    return page("hiring/careers/embed.html", postings=found, labels=labels, canonical=absolute_url("careers.index"))


@bp.get("/careers/embed.js")
@public_page
def embed_script() -> ResponseReturnValue:
    """The script that puts the frame in its own place and keeps it as high as the list."""
    response = send_from_directory(str(current_app.static_folder), "js/embed.js", mimetype="text/javascript", max_age=3600)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@bp.get("/careers/jobs.json")
@public_page
def jobs() -> ResponseReturnValue:
    """Open positions for job boards."""
    company = find_company()
    response = jsonify(jobs=[job_card(job_of(posting, company)) for posting in open_postings()])
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@bp.get("/sitemap.xml")
@public_page
def sitemap() -> ResponseReturnValue:
    """Addresses that search engines should know."""
    found = [(absolute_url("careers.show", slug=posting.slug), posting.changed_at) for posting in open_postings(limit=50_000)]
    return _answer(site_map([(absolute_url("careers.index"), None), *found]), "application/xml")


@bp.get("/robots.txt")
@public_page
def robots() -> ResponseReturnValue:
    """What search engines may read: the careers pages."""
    text = f"User-agent: *\nAllow: /careers\nAllow: /static/\nDisallow: /\n\nSitemap: {absolute_url('careers.sitemap')}\n"
    return _answer(text.encode(), "text/plain")


def _answer(body: bytes, mimetype: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = f"{mimetype}; charset=utf-8"
    return response
