"""What search engines and job boards read: schema.org JobPosting, an Atom feed, a list of jobs, a site map."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True)
class Job:
    """A public posting in plain values. Amounts are minor units; `description` is HTML."""

    id: str
    url: str
    title: str
    summary: str
    description: str
    opened_at: datetime
    changed_at: datetime
    closes_on: date | None
    time_zone: str
    employment_type: str
    workplace: str
    department: str
    place: str
    street: str
    city: str
    region: str
    postal_code: str
    country: str
    salary_from: int | None
    salary_to: int | None
    currency: str
    salary_period: str
    language: str
    company: str
    company_url: str


def job_posting(job: Job) -> dict[str, Any]:
    """The posting as schema.org describes one; everything in it can be read on the page too."""
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "description": job.description,
        "datePosted": job.opened_at.astimezone(ZoneInfo(job.time_zone)).date().isoformat(),
        "employmentType": job.employment_type.upper(),
        "hiringOrganization": {"@type": "Organization", "name": job.company},
        "identifier": {"@type": "PropertyValue", "name": job.company, "value": job.id},
        "jobLocation": {"@type": "Place", "address": _address(job)},
        "directApply": True,
        "url": job.url,
        "inLanguage": job.language.replace("_", "-"),
    }
    if job.company_url:
        found["hiringOrganization"]["sameAs"] = job.company_url
    if job.closes_on is not None:
        end = datetime.combine(job.closes_on, time(23, 59, 59), ZoneInfo(job.time_zone))
        found["validThrough"] = end.isoformat()
    if job.workplace == "remote":
        found["jobLocationType"] = "TELECOMMUTE"
        found["applicantLocationRequirements"] = {"@type": "Country", "name": job.country}
    if job.salary_from is not None or job.salary_to is not None:
        found["baseSalary"] = _salary(job)
    return found


def _address(job: Job) -> dict[str, str]:
    parts = {
        "streetAddress": job.street,
        "addressLocality": job.city,
        "addressRegion": job.region,
        "postalCode": job.postal_code,
        "addressCountry": job.country,
    }
    return {"@type": "PostalAddress", **{name: value for name, value in parts.items() if value}}


def _salary(job: Job) -> dict[str, Any]:
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": job.salary_period.upper()}
    if job.salary_from is not None and job.salary_to is not None and job.salary_from != job.salary_to:
        value |= {"minValue": job.salary_from / 100, "maxValue": job.salary_to / 100}
    elif job.salary_to is None and job.salary_from is not None:
        value["minValue"] = job.salary_from / 100
    elif job.salary_from is None and job.salary_to is not None:
        value["maxValue"] = job.salary_to / 100
    else:
        value["value"] = (job.salary_from or 0) / 100
    return {"@type": "MonetaryAmount", "currency": job.currency, "value": value}


def script_safe(thing: dict[str, Any]) -> str:
    """JSON that can stand inside a script element: nothing in it ends the element or begins a comment."""
    text = json.dumps(thing, ensure_ascii=False, sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def job_card(job: Job) -> dict[str, Any]:
    """The posting as a job board reads it. The fields are listed: nothing gets out by accident."""
    return {
        "id": job.id,
        "url": job.url,
        "title": job.title,
        "summary": job.summary,
        "department": job.department,
        "place": job.place,
        "city": job.city,
        "region": job.region,
        "country": job.country,
        "workplace": job.workplace,
        "employment_type": job.employment_type,
        "language": job.language.replace("_", "-"),
        "opened_at": job.opened_at.isoformat(),
        "closes_on": job.closes_on.isoformat() if job.closes_on else None,
        "salary": {"from": job.salary_from, "to": job.salary_to, "currency": job.currency, "period": job.salary_period},
    }


def atom_feed(jobs: Sequence[Job], *, title: str, feed_url: str, page_url: str, language: str) -> bytes:
    """An Atom feed of the postings, newest first."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _line(feed, "title", title)
    _line(feed, "id", page_url)
    _line(feed, "updated", max((job.changed_at for job in jobs), default=datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC"))).isoformat())
    author = ElementTree.SubElement(feed, f"{{{ATOM}}}author")
    _line(author, "name", jobs[0].company if jobs else title)
    ElementTree.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": feed_url})
    ElementTree.SubElement(feed, f"{{{ATOM}}}link", {"rel": "alternate", "href": page_url})
    for job in jobs:
        entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        _line(entry, "title", job.title)
        _line(entry, "id", f"urn:uuid:{job.id}")
        _line(entry, "published", job.opened_at.isoformat())
        _line(entry, "updated", job.changed_at.isoformat())
        ElementTree.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": job.url})
        ElementTree.SubElement(entry, f"{{{ATOM}}}category", {"term": plain_text(job.department)})
        _line(entry, "summary", job.summary)
        _line(entry, "content", job.description, type="html")
    return _document(feed)


def site_map(pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    """A site map of addresses and when each was changed last."""
    ElementTree.register_namespace("", SITEMAP)
    urls = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for address, changed_at in pages:
        url = ElementTree.SubElement(urls, f"{{{SITEMAP}}}url")
        ElementTree.SubElement(url, f"{{{SITEMAP}}}loc").text = address
        if changed_at is not None:
            ElementTree.SubElement(url, f"{{{SITEMAP}}}lastmod").text = changed_at.isoformat()
    return _document(urls)


def _line(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = plain_text(text)


def plain_text(text: str) -> str:
    """Text without what XML has no way to write."""
    # XML 1.0 has no way to write control characters, halves of pairs, and these two: one of them would make the whole feed unreadable
    return "".join(each for each in text if each in "\n\t" or (unicodedata.category(each) not in ("Cc", "Cs") and each not in "\ufffe\uffff"))


def _document(root: ElementTree.Element) -> bytes:
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
