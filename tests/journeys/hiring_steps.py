"""From posting to signed offer, step by step, each as the person who does it."""

import hashlib
import re
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from docx import Document
from icalendar import Calendar
from playwright.sync_api import Browser, expect

from tests.journeys.installation import Installation, calendar_of, text_of
from tests.journeys.walker import PHONE, Walker, walking

TITLE = "Gerente de Relacionamento"
CANDIDATE, ADDRESS = "Júlia Amarante Figueiredo", "julia.amarante@example.org"
SENTENCE = "Seis anos com carteira de pequenas empresas e certificação CPA-20"
MISSION = "Porque quero dar o conselho que daria à minha família."
CRITERIA = (
    ("Three years with business clients", "experience", "5", True),
    ("CPA-20 certificate", "certification", "3", False),
    ("Listens", "soft_skill", "4", False),
)


def resume() -> bytes:
    """A résumé as a word processor writes it."""
    document = Document()
    document.add_heading(CANDIDATE, 1)
    document.add_paragraph(SENTENCE + ". Atendimento consultivo, negociação, crédito.")
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def write_posting(recruiter: Walker) -> str:
    """Write a draft with criteria and questions; returns its address."""
    recruiter.go("/postings")
    recruiter.press(recruiter.page.locator('main a[href="/postings/new"]').first)
    recruiter.fill(
        title=TITLE,
        summary="Você cuida de clientes que contam com um conselho honesto.",
        responsibilities="- Atender a carteira\n- Visitar clientes",
        qualifications="- Superior completo\n- CPA-20",
        job_role="Relationship manager",
        department="Retail banking",
        location="São Paulo, Paulista",
        workplace="hybrid",
        closes_on=recruiter.site.at(20, 9).date().isoformat(),
        hiring_manager="Cláudia Vasconcelos",
        language="pt_BR",
        salary_from="9000",
        salary_to="12500",
    )
    recruiter.send()
    for text, kind, weight, must_have in CRITERIA:
        _open(recruiter, "#criteria")
        recruiter.fill(criterion__text=text, criterion__kind=kind, criterion__weight=weight, criterion__evidence="Says with whom.")
        if must_have:
            recruiter.tick("criterion-must_have")
        recruiter.send("/criteria")
    _open(recruiter, "#questions")
    recruiter.fill(
        question__text="Você tem a certificação CPA-20?",
        question__kind="yes_no",
        question__accepted="yes",
        question__knock_out_reason="O cargo exige.",
    )
    recruiter.tick("question-knock_out")
    recruiter.send("/questions")
    _open(recruiter, "#questions")
    recruiter.fill(question__text="Por que a nossa missão?", question__kind="long")
    recruiter.tick("question-is_mission")
    recruiter.send("/questions")
    recruiter.press("Done")
    recruiter.says("Knock-out", "Must have")
    recruiter.send("/submit")
    return recruiter.page.url.removeprefix(recruiter.site.url)


def _open(walker: Walker, panel: str) -> None:
    form = walker.page.locator(f"{panel} details.add-form")
    if form.get_attribute("open") is None:
        form.locator("summary").click()


def publish(browser: Browser, recruiter: Walker, posting: str) -> None:
    """The manager approves, the recruiter opens."""
    assert recruiter.site.letters_to("manager@demo.trilha.test", TITLE)
    with walking(browser, recruiter.site, "manager") as manager:
        manager.go(posting)
        manager.send("/approve")
    recruiter.go(posting)
    recruiter.send("/open")
    recruiter.says("Public and taking applications")


def apply(browser: Browser, site: Installation, *, name: str = CANDIDATE, address: str = ADDRESS, file: tuple[str, str, bytes] | None = None) -> None:
    """Find the position on a phone, apply, and open the private page from the mail."""
    content = file or ("Currículo.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", resume())
    with walking(browser, site, width=PHONE) as candidate:
        candidate.go("/careers?text=Relacionamento")
        candidate.press(TITLE)
        candidate.says("R$", "Three years with business clients")
        candidate.press(candidate.page.locator('main a[href$="/apply"]').first)
        page = candidate.page
        candidate.fill(name=name, email=address, phone="+55 11 98888-7777")
        page.locator("input[name=resume]").set_input_files({"name": content[0], "mimeType": content[1], "buffer": content[2]})
        page.locator("input[type=radio][value=yes]").check()
        page.locator("textarea[name^=answer_]").fill(MISSION)
        candidate.tick("consent")
        candidate.press("Send application")
        assert page.url.endswith("/thanks"), candidate.text()
        candidate.go(site.link_to(address, "/my-application/"))
        candidate.says(name, MISSION, content[0])


def screen(recruiter: Walker) -> str:
    """Read the résumé's text in the inbox's order, and mark each criterion; returns the application's address."""
    recruiter.go("/applications")
    recruiter.press(CANDIDATE)
    application = recruiter.page.url.removeprefix(recruiter.site.url)
    recruiter.press("Screen")
    recruiter.says(SENTENCE, MISSION)
    for number in range(len(CRITERIA)):
        marked = recruiter.page.locator('form[action$="/marks"]').nth(number).locator("button[value='4']")
        marked.click()
        expect(marked).to_have_attribute("aria-pressed", "true")
    assert recruiter.page.locator('form[action$="/marks"] [aria-pressed=true]').count() == len(CRITERIA)
    return application


def advance(recruiter: Walker, posting: str) -> None:
    """Drag the card to the next stage; then take the one after with the keyboard."""
    page = recruiter.page
    recruiter.go(posting + "/board")
    card, columns = page.locator("[data-card]"), page.locator("[data-column]")
    card.locator(".board-card-body").drag_to(columns.nth(1), target_position={"x": 60, "y": 80})
    expect(page.locator("#toasts")).to_contain_text("Moved to")
    recruiter.go(posting + "/board")
    expect(columns.nth(1).locator("[data-card]")).to_have_count(1)
    stage = columns.nth(2).get_attribute("data-column")
    card.locator("summary").press("Enter")
    with page.expect_navigation():
        card.locator(f"button[value='{stage}']").press("Enter")
    recruiter.look()
    expect(columns.nth(2).locator("[data-card]")).to_have_count(1)


def schedule(recruiter: Walker, application: str, *, starts: datetime, kind: str, zone: str, interviewers: tuple[str, ...]) -> None:
    """Schedule an interview and see that every invitation is a request."""
    site = recruiter.site
    before = len(site.letterbox.letters)
    recruiter.go(application + "/interviews/new")
    recruiter.fill(kind=kind, starts=starts.strftime("%Y-%m-%dT%H:%M"), time_zone=zone, meeting_url="https://meet.example.org/aurora")
    for name in interviewers:
        recruiter.page.locator("#interviewers").get_by_label(name, exact=True).check()
    recruiter.send()
    site.let_workers_run()
    invitations = [letter for letter in site.letterbox.letters[before:] if "text/calendar" in [part.get_content_type() for part in letter.walk()]]
    assert {ADDRESS} <= {letter["To"].addresses[0].addr_spec for letter in invitations}
    assert len(invitations) > len(interviewers)
    for letter in invitations:
        part = calendar_of(letter)
        assert part.get_param("method") == "REQUEST", part["Content-Type"]
        event = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]
        assert event["DTSTART"].dt == starts.replace(tzinfo=ZoneInfo(zone)), event["DTSTART"]


def fill_card(interviewer: Walker, *, evidence: str, hidden: str = "") -> None:
    """Send the scorecard of the latest interview; until then what the others wrote is hidden."""
    interviewer.go("/interviews")
    interviewer.press(interviewer.page.locator('main tbody a[href^="/interviews/"]').first)
    if hidden:
        assert hidden not in interviewer.text()
        interviewer.says("The cards of the others are shown once you have sent your own.")
    interviewer.press("My scorecard")
    page = interviewer.page
    for mark in page.locator("main fieldset[id^=mark_]").all():
        mark.get_by_text("3", exact=True).click()
    page.locator("#recommendation").get_by_text("Yes", exact=True).click()
    interviewer.fill(evidence=evidence, private_note="Only for me.")
    expect(page.locator("[data-autosave]")).to_have_attribute("data-state", "saved")
    page.reload()  # whatever was typed is kept without a press
    expect(page.locator("main textarea[name=evidence]")).to_have_value(evidence)
    interviewer.press("Send for good")
    interviewer.says(evidence, *([hidden] if hidden else []))
    assert "Only for me." not in interviewer.text()


def offer(browser: Browser, recruiter: Walker, application: str) -> str:
    """Draft from the letter, have it approved, send it; returns the candidate's private link."""
    site = recruiter.site
    recruiter.go(application)
    recruiter.press("Draft an offer")
    recruiter.press("Offer letter")
    recruiter.fill(
        salary="11250.00",
        starts_on=site.at(14, 9).date().isoformat(),
        expires_on=site.at(12, 9).date().isoformat(),
        manager="Cláudia Vasconcelos",
        buddy="Marcelo Tinoco",
        approver="Otávio Meirelles",
        benefits="Vale-refeição e plano de saúde",
    )
    recruiter.send()
    address = recruiter.page.url
    recruiter.send("/ask")
    with walking(browser, site, "executive") as executive:
        executive.go(site.link_to("executive@demo.trilha.test", "/offers/"))
        preview = executive.download(executive.page.locator('a[href$="/letter.pdf"]').get_attribute("href") or "")
        assert preview.startswith(b"%PDF")
        executive.send("/approve")
    recruiter.go(address)
    recruiter.send("/send")
    return site.link_to(ADDRESS, "/my-offer/")


def accept(browser: Browser, site: Installation, link: str) -> None:
    """Read the exact PDF on a phone, sign, and be answered kindly when pressing twice or coming back."""
    with walking(browser, site, width=PHONE) as candidate:
        candidate.go(link)
        pdf = candidate.download(candidate.page.get_by_role("link", name="Save it").get_attribute("href") or "")
        assert pdf.startswith(b"%PDF")
        candidate.says(hashlib.sha256(pdf).hexdigest())
        candidate.tick("agreed")
        candidate.fill(typed_name=CANDIDATE)
        late = candidate.context.new_page()
        late.goto(link)
        with candidate.page.expect_navigation():
            candidate.page.get_by_role("button", name="Accept the offer").dblclick()
        candidate.look()
        candidate.says("You accepted on")
        late.locator("input[name=agreed]").check()
        late.locator("input[name=typed_name]").fill(CANDIDATE)
        late.get_by_role("button", name="Accept the offer").click()
        late.wait_for_load_state("load")
        assert "You accepted on" in late.locator("body").inner_text()
        candidate.go(link)
        candidate.says("You accepted on")
    signed = site.letters_to(ADDRESS, "your signature")
    assert any(part.get_payload(decode=True) == pdf for part in signed[-1].iter_attachments())
    assert re.search(r"Monday, March 16|March 16|16 March", text_of(signed[-1]))
