"""What has hit products like this one, tried on every kind of page: each attack ends in a refusal and changes nothing."""

import re

import pytest

from core.people.rights import Role
from core.web.limits import limiter
from tests.hiring.forms_of_pages import ApplyForm
from tests.situations import a_colleague, a_draft_posting, an_application, an_open_posting

XSS = "<img src=x onerror=alert(7357)>"
HEADERS = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options")
ANSWERS = (
    "/careers",
    "/careers/jobs.json",
    "/careers/feed.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/no-such-page",
    "/healthz",
    "/login",
    "/my-offer/short",
)


@pytest.fixture
def limits(app):
    """The limits as they are for people: a test that meets them begins and ends with nothing counted."""
    before = app.config["RATELIMIT_ENABLED"]
    app.config["RATELIMIT_ENABLED"] = limiter.enabled = True
    if limiter._storage is None:
        limiter.init_app(app)
    limiter.reset()
    yield
    limiter.reset()
    app.config["RATELIMIT_ENABLED"] = limiter.enabled = before


@pytest.mark.parametrize("path", ANSWERS)
def test_every_kind_of_answer_carries_the_security_headers(client, path):
    answer = client.get(path)
    assert not [name for name in HEADERS if name not in answer.headers]
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy and "unsafe-eval" not in policy


def test_a_wrong_host_is_refused_with_the_same_headers(client):
    answer = client.get("/careers", headers={"Host": "evil.test"})
    assert answer.status_code == 400
    assert "evil.test" not in answer.text
    assert not [name for name in HEADERS if name not in answer.headers]


def test_a_twenty_first_sign_in_within_a_minute_waits(client, limits):
    tries = [client.post("/login", data={"email": "nobody@example.test", "password": "wrong"}) for _ in range(21)]
    assert {answer.status_code for answer in tries[:20]} <= {200, 422}
    assert tries[20].status_code == 429
    assert tries[20].headers["Retry-After"] == "60"
    assert "Wait a minute" in tries[20].text


def test_an_eleventh_application_within_a_minute_waits(client, limits):
    form = ApplyForm(client, an_open_posting().slug)
    tries = [form.send(name="") for _ in range(11)]
    assert {answer.status_code for answer in tries[:10]} == {422}
    assert tries[10].status_code == 429


def test_pages_that_show_what_an_applicant_typed_are_not_kept_by_caches(client):
    posting = an_open_posting()
    form = ApplyForm(client, posting.slug)
    pages = [client.get(form.address), form.send(name=""), client.get(form.send().location)]
    assert {answer.headers.get("Cache-Control") for answer in pages} == {"no-store"}


@pytest.mark.parametrize("way", ["", "?download=1", "?inline=1", "?preview"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_anothers_resume_is_missing_in_every_way_of_asking(client, sign_in, way, method):
    address = f"/applications/{an_application().public_id}/resume{way}"
    sign_in(a_colleague("Mauro Outro", Role.MANAGER))
    assert client.open(address, method=method, headers={"Range": "bytes=0-9"}).status_code == 404


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=-1", "?page=", "?page[]=1", "?posting=", "?posting=0", "?posting=-1", "?page=1&page=2", "?stage=[]"]
)
def test_an_odd_filter_never_widens_the_inbox(client, sign_in, query):
    an_application(name="Canario Alheio")
    sign_in(a_colleague("Mauro Outro", Role.MANAGER))
    answer = client.get(f"/applications{query}")
    assert answer.status_code in (200, 400)
    assert "Canario Alheio" not in answer.text


@pytest.mark.parametrize("address", ["/careers?text=%00", "/careers/a%00b", "/careers/embed?department=%00", "/my-application/%00", "/verify/%00"])
def test_an_address_with_a_null_character_is_refused_on_every_database(client, address):
    assert client.get(address).status_code == 400


def test_a_draft_is_in_no_public_answer(client):
    slug = a_draft_posting(title="Rascunho Secreto").slug
    for path in ("/careers", "/careers?text=Rascunho", "/careers/jobs.json", "/careers/feed.xml", "/sitemap.xml"):
        answer = client.get(path)
        assert "Rascunho Secreto" not in re.sub(r'value="[^"]*"', "", answer.text) and slug not in answer.text
    assert {client.get(f"/careers/{slug}{rest}").status_code for rest in ("", "/apply", "/thanks")} == {404}
    assert client.post(f"/careers/{slug}/apply", data={"name": "Ana"}).status_code == 404


def test_a_script_for_a_name_runs_on_no_page_of_the_team(client, sign_in):
    recruiter = a_colleague("Renata Lopes", Role.RECRUITER)
    posting = an_open_posting(by=recruiter, title=XSS, summary=XSS, responsibilities=XSS, qualifications=XSS)
    application = an_application(posting, name=XSS)
    public = [f"/careers/{posting.slug}", f"/careers/{posting.slug}/apply", "/careers", "/careers/jobs.json", "/careers/feed.xml"]
    staff = [
        "/home",
        "/applications",
        f"/applications/{application.public_id}",
        f"/postings/{posting.public_id}",
        f"/postings/{posting.public_id}/board",
    ]
    answers = [client.get(path) for path in public]
    sign_in(recruiter)
    answers += [client.get(path) for path in [*staff, f"/applications/{application.public_id}/screen", "/postings"]]
    assert {answer.status_code for answer in answers} == {200}
    assert not [answer.request.path for answer in answers if answer.mimetype != "application/json" and "<img src=x" in answer.text]


def test_a_right_taken_away_closes_the_page_at_once(client, sign_in):
    person = a_colleague("Renata Lopes", Role.RECRUITER)
    sign_in(person)
    assert client.get("/applications").status_code == 200
    from core.people.actions import end_role
    from core.people.queries import get_person

    end_role(get_person(person.public_id), Role.RECRUITER, by=None)
    assert client.get("/applications").status_code == 403


@pytest.mark.parametrize("target", ["//evil.test", "https://evil.test", "javascript:alert(1)", "/\\evil.test", "/\t/evil.test"])
def test_choosing_a_language_leads_nowhere_else(client, target):
    answer = client.post("/language", data={"locale": "en", "next": target})
    assert answer.status_code == 302
    assert answer.location == "/"
