"""The careers pages: what everybody finds, what nobody may find, and what machines read."""

import json
import re
from datetime import datetime, timedelta
from uuid import uuid4
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from core.clock import today
from core.db import session
from core.people.models import EmploymentType
from hiring.applications.models import Application
from hiring.careers.sources import clean_source
from hiring.careers.structured import script_safe
from hiring.postings.models import Posting, PostingState, Workplace
from tests.hiring.forms_of_pages import ApplyForm
from tests.situations import a_draft_posting, a_place, an_open_posting

CANARY = "</script><script>alert(1)</script>"


def structured(html):
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.S)
    return json.loads(found.group(1)) if found else None


def test_visitors_find_open_positions_by_word_place_and_kind(client, app):
    first = an_open_posting(title="Gerente de Relacionamento", workplace=Workplace.HYBRID)
    second = an_open_posting(title="Analista 100%", employment_type=EmploymentType.PART_TIME, location=a_place("Agência Centro"))
    place, department = second.location.public_id, first.department.public_id
    everything = client.get("/careers").text
    assert "Gerente de Relacionamento" in everything and "Analista 100%" in everything
    for query, found in (
        ("text=gerente", "Gerente de Relacionamento"),
        ("text=RELACIONAMENTO gerente", "Gerente de Relacionamento"),
        ("text=100%25", "Analista 100%"),
        (f"location={place}", "Analista 100%"),
        (f"department={department}", "Gerente de Relacionamento"),
        ("workplace=hybrid", "Gerente de Relacionamento"),
        ("employment_type=part_time", "Analista 100%"),
    ):
        page = client.get(f"/careers?{query}").text
        other = ({"Gerente de Relacionamento", "Analista 100%"} - {found}).pop()
        assert f">{found}</a>" in page and f">{other}</a>" not in page, query
    for query in ("text=zzz", "workplace=moon", "department=0", "location=[]", "employment_type=-1"):
        assert "Nothing fits this search" in client.get(f"/careers?{query}").text


@pytest.mark.parametrize("typed", ["gestao", "GESTÃO", "gestão de crédito", "credito gestao", "sao paulo"])
def test_visitors_find_positions_without_typing_accents(client, app, typed):
    an_open_posting(title="Analista de Gestão de Crédito")
    assert ">Analista de Gestão de Crédito</a>" in client.get("/careers", query_string={"text": typed}).text


def test_a_position_shows_what_it_asks_for_and_who_the_company_is(client, app):
    slug = an_open_posting().slug
    html = client.get(f"/careers/{slug}").text
    for text in ("Visitar clientes", "Três anos com clientes PJ", "Decidir com calma.", "São Paulo", "R$", f'href="/careers/{slug}/apply"'):
        assert text in html
    assert f'<link rel="canonical" href="http://localhost/careers/{slug}">' in html
    assert 'lang="pt-BR"' in html


def test_search_engines_read_a_complete_job_posting(client, app):
    posting = an_open_posting(workplace=Workplace.REMOTE)
    found = structured(client.get(f"/careers/{posting.slug}").text)
    assert found["@type"] == "JobPosting"
    assert found["title"] == "Gerente de Relacionamento"
    assert found["employmentType"] == "FULL_TIME"
    assert found["hiringOrganization"]["name"] == "Banco Aurora" and "logo" not in found["hiringOrganization"]  # ours is not the company's
    assert found["jobLocation"]["address"]["addressCountry"] == "BR"
    assert found["jobLocation"]["address"]["addressLocality"] == "São Paulo"
    assert found["validThrough"] == f"{posting.closes_on.isoformat()}T23:59:59-03:00"
    assert found["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "BRL",
        "value": {"@type": "QuantitativeValue", "unitText": "MONTH", "minValue": 9500.0, "maxValue": 12500.0},
    }
    assert (found["jobLocationType"], found["applicantLocationRequirements"]["name"]) == ("TELECOMMUTE", "BR")
    assert found["identifier"]["value"] == str(posting.public_id)
    assert found["directApply"] is True
    assert found["datePosted"] == today("America/Sao_Paulo").isoformat()
    assert "<li>Visitar clientes</li>" in found["description"]


def test_without_a_deadline_or_salary_nothing_is_claimed(client, app):
    slug = an_open_posting(closes_on=None, salary_from=None, salary_to=None).slug
    found = structured(client.get(f"/careers/{slug}").text)
    assert not {"validThrough", "baseSalary", "jobLocationType"} & set(found)


@pytest.mark.parametrize("state", [PostingState.DRAFT, PostingState.IN_APPROVAL, PostingState.APPROVED, PostingState.ARCHIVED])
def test_what_is_not_public_is_nowhere(client, app, state):
    posting = a_draft_posting(title="Segredo")
    posting.state = state
    slug = posting.slug
    for address in (f"/careers/{slug}", f"/careers/{slug}/apply", f"/careers/{slug}/thanks"):
        assert client.get(address).status_code == 404
    for address in ("/careers", "/careers?text=segredo", "/careers/feed.xml", "/careers/jobs.json", "/sitemap.xml"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert slug not in answer.text.replace("text=segredo", "").replace('value="segredo"', "")


@pytest.mark.parametrize(("state", "days"), [(PostingState.CLOSED, 5), (PostingState.FILLED, 5), (PostingState.PAUSED, 5), (PostingState.OPEN, -1)])
def test_a_closed_position_is_gone_and_shows_open_ones(client, app, state, days):
    an_open_posting(title="Outra vaga")
    posting = an_open_posting(title="Vaga encerrada")
    posting.state, posting.closes_on = state, today("America/Sao_Paulo") + timedelta(days=days)
    slug = posting.slug
    page = client.get(f"/careers/{slug}")
    assert page.status_code == 410
    assert "Outra vaga" in page.text and 'content="noindex"' in page.text
    assert structured(page.text) is None
    for address in ("/careers", "/careers/feed.xml", "/careers/jobs.json", "/sitemap.xml"):
        assert slug not in client.get(address).text


def test_feeds_and_site_map_list_open_positions_in_sound_documents(client, app):
    posting = an_open_posting(title="Gerente & <Cia>\u0007\ufffe", summary="Venha\uffff")
    slug = posting.slug
    feed = client.get("/careers/feed.xml")
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    entries = ElementTree.fromstring(feed.data).findall("{http://www.w3.org/2005/Atom}entry")
    assert [entry.findtext("{http://www.w3.org/2005/Atom}title") for entry in entries] == ["Gerente & <Cia>"]
    assert ElementTree.fromstring(client.get("/careers/indeed.xml").data).findtext("job/title") == "Gerente & <Cia>"
    listed = client.get("/careers/jobs.json").get_json()["jobs"]
    assert [(job["title"], job["salary"]["from"]) for job in listed] == [("Gerente & <Cia>", 950000)]
    assert {"recruiter", "hiring_manager", "openings", "criteria"}.isdisjoint(listed[0])
    places = ElementTree.fromstring(client.get("/sitemap.xml").data)
    assert [loc.text for loc in places.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
        "http://localhost/careers",
        f"http://localhost/careers/{slug}",
    ]
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").text


def test_markup_in_a_posting_stays_text_or_is_cleaned(client, app):
    slug = an_open_posting(title=CANARY, summary=CANARY, responsibilities=f"{CANARY} [x](javascript:alert(1)) <img src=x onerror=alert(1)>").slug
    html = client.get(f"/careers/{slug}").text
    assert "<script>alert(1)" not in html
    assert "javascript:" not in html.lower().replace("javascript:alert(1)) ", "") or 'href="javascript' not in html.lower()
    assert "<img src=x" not in html
    assert structured(html)["title"] == CANARY


def test_nothing_in_structured_data_ends_its_script():
    written = script_safe({"a": "</script><!--\u2028&"})
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == {"a": "</script><!--\u2028&"}


def test_the_list_costs_the_same_at_twelve_as_at_two(client, app):
    from tests.hiring.test_postings import _statements

    for _number in range(2):
        an_open_posting()
    few = _statements(client, "/careers")
    slug = an_open_posting().slug
    for _number in range(9):
        an_open_posting()
    assert _statements(client, "/careers") == few <= 8
    for step in ("", "/apply"):
        assert _statements(client, f"/careers/{slug}{step}") <= 8


def test_the_word_in_a_link_is_kept_until_somebody_applies(client, app):
    posting = an_open_posting()
    client.get(f"/careers/{posting.slug}?src=Job%20Fair%20<2026>")
    client.get("/careers")
    ApplyForm(client, posting.slug).send()
    assert session.scalars(select(Application.source)).one() == "job-fair-2026"
    client.get("/careers?src=%20%20")  # no word forgets the last one
    ApplyForm(client, posting.slug).send(email="other@example.test", source="=HYPERLINK(1)" + "x" * 60)
    assert session.scalars(select(Application.source).order_by(Application.id.desc()).limit(1)).one() == ("hyperlink-1-" + "x" * 60)[:40]


def test_an_address_alone_makes_nobody_handed_on_by_a_colleague(client, app):
    posting = an_open_posting()
    client.get(f"/careers/{posting.slug}?src=Referral")
    ApplyForm(client, posting.slug).send(source="referral")
    assert session.scalars(select(Application.source)).one() == "careers"
    assert clean_source(" ReFerral. ") == "" and clean_source("referral-2026") == "referral-2026"


def test_feeds_for_job_boards_leave_out_no_position(client, app):
    first = an_open_posting(title="Gerente 0")
    values = {column.name: getattr(first, key) for key, column in Posting.__mapper__.columns.items() if key not in ("id", "public_id", "slug")}
    session.execute(insert(Posting), [values | {"public_id": uuid4(), "slug": f"gerente-{number}"} for number in range(1, 502)])
    assert len(ElementTree.fromstring(client.get("/careers/indeed.xml").data).findall("job")) == 502
    assert len(client.get("/careers/jobs.json").get_json()["jobs"]) == 502


def test_indeed_reads_every_required_field_literally(client, app):
    posting = an_open_posting(title="Gerente & <Cia> ]]> fim\u0007", workplace=Workplace.HYBRID)
    answer = client.get("/careers/indeed.xml")
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert "&amp;" not in answer.text and "&lt;" not in answer.text
    (job,) = ElementTree.fromstring(answer.data).findall("job")
    told = {field.tag: field.text for field in job}
    required = {"title", "date", "referencenumber", "requisitionid", "url", "company", "city", "state", "country", "description"}
    assert required <= set(told)
    assert told["title"] == "Gerente & <Cia> ]]> fim"
    assert told["url"] == f"http://localhost/careers/{posting.slug}?src=indeed"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["date"])
    assert (told["jobtype"], told["remotetype"], told["salary"]) == ("fulltime", "Hybrid remote", "BRL 9,500.00 - 12,500.00 a month")
    posted = datetime.fromisoformat(told["date"]).astimezone(ZoneInfo("America/Sao_Paulo"))
    assert posted.date().isoformat() == structured(client.get(f"/careers/{posting.slug}").text)["datePosted"]


def test_other_sites_may_frame_the_list_and_nothing_else(client, app):
    posting = an_open_posting()
    embedded = client.get("/careers/embed")
    assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
    assert f"/careers/{posting.slug}?src=embed" in embedded.text and "<form" not in embedded.text
    assert "Set-Cookie" not in embedded.headers
    for address in ("/careers", f"/careers/{posting.slug}", f"/careers/{posting.slug}/apply", "/login"):
        assert "frame-ancestors 'self'" in client.get(address).headers["Content-Security-Policy"]
    script = client.get("/careers/embed.js")
    assert script.mimetype == "text/javascript" and script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_shared_link_shows_title_words_and_picture(client, app):
    posting = an_open_posting(title='Gerente "<b>')
    text = client.get(f"/careers/{posting.slug}").text
    assert '<meta property="og:title" content="Gerente &#34;&lt;b&gt;">' in text
    picture = re.search(r'og:image" content="http://localhost([^"]+)"', text)
    assert picture and client.get(picture[1]).mimetype == "image/png"
