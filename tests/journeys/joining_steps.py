"""From the invitation to the certificate, and what others see of it afterwards."""

import re
from datetime import date, timedelta
from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from core.accounts.models import Account
from core.clock import now
from core.db import session, transaction
from core.people.queries import get_person_by_key
from tests.journeys.bank import COURSE, Bank
from tests.journeys.hiring_steps import ADDRESS, CANDIDATE
from tests.journeys.installation import Installation
from tests.journeys.walker import PHONE, Walker, walking
from training.auditing.actions import give_access
from training.auditing.scope import Scope

SECRET = "uma-senha-de-verdade-e-longa"


def join(newcomer: Walker) -> None:
    """Choose a password with the link from the mail."""
    newcomer.go(newcomer.site.link_to(ADDRESS, "/invitation/"))
    newcomer.fill(password=SECRET, again=SECRET)
    newcomer.send()
    assert newcomer.page.url.endswith("/onboarding/mine")  # before day one there is nothing else
    newcomer.says("Hand in an identity document")


def prepare(browser: Browser, newcomer: Walker) -> None:
    """Hand in a document, which human resources accepts, and acknowledge a policy."""
    newcomer.go("/onboarding/mine")
    newcomer.page.locator("input[name=file]").set_input_files({"name": "identidade.png", "mimeType": "image/png", "buffer": a_picture()})
    newcomer.press("Hand in")
    newcomer.says("identity document")
    with walking(browser, newcomer.site, "hr") as hr:
        hr.go("/onboarding")
        hr.press(CANDIDATE)
        hr.press("Hand in an identity document")
        hr.press("Accept the document")
        hr.go("/onboarding/tasks")
    newcomer.go("/onboarding/mine")
    newcomer.press("Read and acknowledge")
    newcomer.says("Keep what you promise.")
    newcomer.fill(typed_name=CANDIDATE)
    newcomer.press("I acknowledge")
    newcomer.says("Done")


def a_picture() -> bytes:
    """An identity document as a scanner gives it."""
    content = BytesIO()
    Image.new("RGB", (400, 260), "white").save(content, "PNG")
    return content.getvalue()


def plan_shadowing(browser: Browser, site: Installation, *, on: date) -> str:
    """The manager schedules a remote session with a mentor; returns its address."""
    with walking(browser, site, "manager") as manager:
        manager.go("/shadowing")
        manager.press(manager.page.locator('main a[href="/shadowing/new"]').first)
        manager.fill(person=CANDIDATE, mentor="Rosana Quadros", first_day=on.isoformat(), from_time="14:00", to_time="16:00")
        manager.page.locator("input[name=mode][value=remote]").check()
        manager.fill(meeting_url="https://meet.example.org/acompanhamento")
        for box in manager.page.locator("input[name=objectives]").all()[:2]:
            box.check()
        manager.send()
        assert site.letters_to("mentor@demo.trilha.test")
        return manager.page.url.removeprefix(site.url)


def shadow(browser: Browser, newcomer: Walker, session: str) -> None:
    """The mentor confirmed; the newcomer writes what was seen; the mentor signs it off."""
    newcomer.go(session)
    for seen in newcomer.page.locator('input[name^="seen-"][value=yes]').all():
        seen.check()
    for field in newcomer.page.locator('textarea[name^="learned-"]').all():
        field.fill("Perguntar antes de responder.")
    newcomer.send("/log")
    with walking(browser, newcomer.site, "mentor") as mentor:
        mentor.go(session)
        mentor.says("Perguntar antes de responder.")
        mentor.page.get_by_text("Or say more, objective by objective").click()
        mentor.fill(feedback="You listened well. Next time you lead the talk.")
        mentor.send("/sign-off")
        mentor.says("Signed off")


def learn(newcomer: Walker) -> None:
    """Read every module of the course that a rule asks for."""
    newcomer.go("/learning")
    newcomer.press(COURSE)
    newcomer.says("Circular BCB 3.978/2020")
    newcomer.press("1. Conheça o seu cliente")
    newcomer.press("I have read this")
    newcomer.press("I have read this")
    newcomer.says("You have reached the end of the last module.")


def sit_exam(newcomer: Walker) -> None:
    """Answer everything right; half of it is saved, the page is loaded again, and nothing is lost."""
    page = newcomer.page
    page.get_by_role("button", name="Start the exam").click()
    with page.expect_navigation():
        page.locator("#confirmation [data-yes]").click()
    newcomer.look()
    questions = page.locator("li[data-question]")
    half = questions.count() // 2
    _answer(newcomer, range(half))
    page.reload()
    newcomer.look()
    expect(page.locator("[data-answered]")).to_have_text(str(half))
    _answer(newcomer, range(half, questions.count()))
    expect(page.locator("[data-answered]")).to_have_text(str(questions.count()))
    page.locator("[data-hand-in-button]").click()
    with page.expect_navigation():
        page.locator("#confirmation [data-yes]").click()
    newcomer.look()
    newcomer.says("Passed", "100")


def _answer(newcomer: Walker, numbers: range) -> None:
    for number in numbers:
        question = newcomer.page.locator("li[data-question]").nth(number)
        if question.locator("input.exam-figure").count():
            question.locator("input.exam-figure").fill("731,25")
        for words in ("Listen first", "Write it down", "True"):
            for option in question.get_by_label(words, exact=True).all():
                option.check()
    newcomer.page.wait_for_timeout(800)  # figures are sent a moment after the last key
    expect(newcomer.page.locator("[data-autosave]")).to_have_attribute("data-state", "saved")


def certified(browser: Browser, newcomer: Walker) -> None:
    """The certificate came by mail; a stranger finds it valid."""
    site = newcomer.site
    link = site.link_to(ADDRESS, "/verify/")
    letter = site.letters_to(ADDRESS, link)[-1]
    papers = [part.get_payload(decode=True) for part in letter.iter_attachments() if part.get_content_type() == "application/pdf"]
    assert len(papers) == 1 and isinstance(papers[0], bytes) and papers[0].startswith(b"%PDF")
    with walking(browser, site, width=PHONE) as stranger:
        stranger.go(link)
        stranger.says(CANDIDATE, "Genuine, and it holds until")
    newcomer.go("/learning")
    paper = newcomer.page.locator('main a[href$=".pdf"], main a[href*="/certificates/"]').first
    assert newcomer.download(paper.get_attribute("href") or "") == papers[0]


def comply(browser: Browser, site: Installation, bank: Bank, *, on: date) -> None:
    """The compliance officer sees the person in order today, and not yet on the day before."""
    with walking(browser, site, "compliance") as officer:
        for day, state in ((on, "compliant"), (on - timedelta(days=1), "assigned")):
            officer.go(f"/compliance?as_of={day.isoformat()}&words=Amarante")
            cell = officer.page.locator("tr", has_text=CANDIDATE).locator("td").first
            said = cell.inner_text().casefold()
            assert ("compliant" in said or "in order" in said) is (state == "compliant"), (day, said)
        officer.press(CANDIDATE)
        officer.says(COURSE)


def examine(browser: Browser, site: Installation) -> None:
    """The auditor reads the person's whole trail, and the chain stands: on the page and on the command line."""
    with site.app.app_context(), transaction():
        auditor_account = session.scalars(select(Account).where(Account.email == "auditor@demo.trilha.test")).one()
        reader = get_person_by_key(auditor_account.person_id)
        give_access(reader, Scope(), reason="The yearly audit", ends_at=now() + timedelta(days=30), by=None)
    with walking(browser, site, "auditor") as auditor:
        auditor.go("/people?words=Amarante")
        auditor.press(CANDIDATE)
        trail = auditor.text()
        page = 2
        while auditor.page.locator(f'main a[href*="page={page}"]').count():
            auditor.go(f"{auditor.page.url.partition('?')[0]}?page={page}")
            trail += auditor.text()
            page += 1
        for name in EVENTS:
            assert name in trail, name
        auditor.go("/audit/check")
        auditor.says("The trail stands")
    found = site.app.test_cli_runner().invoke(args=["audit", "verify"])
    assert found.exit_code == 0, found.output
    assert re.search(r"\d+ events", found.output), found.output


EVENTS = (
    "hiring.application.received",
    "hiring.application.advanced",
    "hiring.interview.scheduled",
    "hiring.scorecard.sent",
    "hiring.offer.accepted",
    "onboarding.",
    "training.",
)
