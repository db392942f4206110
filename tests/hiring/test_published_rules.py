"""What other programs read of the careers pages, held against the rules their makers publish.

JSON-LD: the required and recommended fields and allowed values of schema.org `JobPosting` as search engines document them. Atom: RFC 4287. Dates:
RFC 3339. Site map: the sitemaps.org protocol 0.9.
"""

import re
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from itertools import product
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from core.clock import today
from core.people.models import EmploymentType
from hiring.postings.models import SalaryPeriod, Workplace
from tests.hiring.test_careers import structured
from tests.situations import an_open_posting

ATOM, SITEMAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
KINDS_OF_WORK = {"FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER"}
UNITS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}
TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "h1", "h2", "h3", "h4", "h5", "h6"}


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)


def is_absolute(address):
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in address


def is_instant(text):
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text) is not None and bool(datetime.fromisoformat(text))


def broken_rules(found):
    """Which published rules of a job posting's structured data are broken."""
    organisation = found["hiringOrganization"]
    rules = {
        "context": found.get("@context") in ("https://schema.org", "https://schema.org/"),
        "type": found.get("@type") == "JobPosting",
        "title is the work alone": bool(found.get("title", "").strip()) and not re.search(r"[!*]|R\$|\d{4,}", found["title"]),
        "description is whole": len(found.get("description", "")) > 20 and Tags(found["description"]).found <= TAGS,
        "datePosted": bool(date.fromisoformat(found["datePosted"][:10])) and found["datePosted"][:10] <= today().isoformat(),
        "organisation": organisation.get("@type") == "Organization" and bool(organisation.get("name")),
        "organisation's addresses": all(
            is_absolute(found["hiringOrganization"][name]) for name in ("sameAs", "logo") if name in found["hiringOrganization"]
        ),
        "place": found["jobLocation"]["@type"] == "Place" and found["jobLocation"]["address"]["@type"] == "PostalAddress",
        "country of two letters": re.fullmatch(r"[A-Z]{2}", found["jobLocation"]["address"]["addressCountry"]) is not None,
        "employment": found["employmentType"] in KINDS_OF_WORK,
        "identifier": found["identifier"]["@type"] == "PropertyValue" and bool(found["identifier"]["name"]) and bool(found["identifier"]["value"]),
        "direct apply": found["directApply"] is True,
        "valid through lies ahead": "validThrough" not in found
        or (is_instant(found["validThrough"]) and found["validThrough"] > found["datePosted"]),
        "far from an office says from where": ("jobLocationType" in found) == ("applicantLocationRequirements" in found)
        and found.get("jobLocationType", "TELECOMMUTE") == "TELECOMMUTE",
    }
    if "baseSalary" in found:
        value = found["baseSalary"]["value"]
        rules["currency"] = re.fullmatch(r"[A-Z]{3}", found["baseSalary"]["currency"]) is not None
        rules["unit"] = value["unitText"] in UNITS
        rules["range"] = 0 < value.get("minValue", 1) <= value.get("maxValue", value.get("minValue", 1))
    return [name for name, holds in rules.items() if not holds]


CASES = [*product(Workplace, [EmploymentType.FULL_TIME], [SalaryPeriod.MONTH]), *product([Workplace.ON_SITE], EmploymentType, SalaryPeriod)]


@pytest.mark.sqlite_only  # what is written does not depend on the database
def test_structured_data_keeps_to_every_published_rule(client, app):
    for number, (workplace, employment, period) in enumerate(CASES):
        some = {} if number % 3 else {"salary_to": None} if number % 2 else {"closes_on": None}
        posting = an_open_posting(
            title=f"Gerente {'abcdefghijklmnopqrstuvwxyz'[number]}", workplace=workplace, employment_type=employment, salary_period=period, **some
        )
        found = structured(client.get(f"/careers/{posting.slug}").text)
        assert broken_rules(found) == [], (workplace, employment, period)
        assert ("jobLocationType" in found) is (workplace is Workplace.REMOTE)


@pytest.mark.sqlite_only
def test_the_atom_feed_is_one_by_rfc_4287_and_the_site_map_by_its_protocol(client, app):
    for letter in "abc":
        an_open_posting(title=f"Gerente {letter}", closes_on=today() + timedelta(days=9))
    feed = ElementTree.fromstring(client.get("/careers/feed.xml").data)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    for each in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{ATOM}{name}")) == 1, (each.tag, name)
        assert is_instant(each.findtext(f"{ATOM}updated"))
        assert urlsplit(each.findtext(f"{ATOM}id")).scheme, "an id is an IRI"
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 3
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None or all(entry.find(f"{ATOM}author/{ATOM}name") is not None for entry in entries)
    links = {link.get("rel", "alternate"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert is_absolute(links["self"])
    for entry in entries:
        alternate = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        assert len(alternate) == 1
        assert is_absolute(alternate[0].get("href"))
        assert entry.find(f"{ATOM}summary") is not None or entry.find(f"{ATOM}content") is not None
    places = ElementTree.fromstring(client.get("/sitemap.xml").data)
    assert places.tag == f"{SITEMAP}urlset"
    for place in places:
        assert place.tag == f"{SITEMAP}url"
        assert is_absolute(place.findtext(f"{SITEMAP}loc"))
        changed = place.findtext(f"{SITEMAP}lastmod")
        assert changed is None or is_instant(changed) or date.fromisoformat(changed)
