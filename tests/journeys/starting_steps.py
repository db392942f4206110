"""From the accepted offer to the day after the first month's review, step by step, each as the person who does it."""

from datetime import date
from io import BytesIO

from playwright.sync_api import Browser
from pypdf import PdfReader
from sqlalchemy import select, update

from core.db import session, transaction
from core.people.models import Location, Person
from core.people.queries import get_person
from hiring.applications.queries import get_application
from hiring.offers.actions import approve_offer, ask_for_approval, draft_offer
from hiring.offers.models import Offer
from hiring.offers.queries import get_offer
from hiring.offers.sending import send_offer
from hiring.offers.terms import Terms
from onboarding.moments import Moment
from onboarding.task_forms.fields import FormField
from onboarding.templates.actions import TaskText, add_task, publish_template
from onboarding.templates.models import Part, Phase, TaskKind, Template
from onboarding.templates.queries import get_template
from tests.journeys.bank import LETTER, Bank
from tests.journeys.hiring_steps import ADDRESS, CANDIDATE
from tests.journeys.installation import Installation, text_of
from tests.journeys.joining_steps import a_picture
from tests.journeys.walker import PHONE, Walker, walking
from tests.situations import an_application, an_open_posting

BANK_ACCOUNT = "0001 / 123456-7"
AGREED = "Carteira inteira assumida em abril"


def ask_for_more(bank: Bank) -> None:
    """The template also asks for a form with a secret in it, a signature, and the review after thirty days."""
    with transaction():
        hr = _person(bank, "hr")
        template = get_template(session.scalars(select(Template.public_id)).one())
        account = FormField("account", "Account for the salary", sensitive=True)
        shirt = FormField("size", "Size of the shirt")
        for text in (
            TaskText("Tell us your particulars", Phase.BEFORE_DAY_ONE, TaskKind.FORM, offset_days=-3, fields=[account, shirt]),
            TaskText("Sign the contract", Phase.BEFORE_DAY_ONE, TaskKind.SIGNATURE, offset_days=-2, letter="{{name}} works from {{start_date}}."),
            TaskText("Look back on the first month", Phase.DAY_30, TaskKind.REVIEW, part=Part.MANAGER, offset_days=20, moment=Moment.DAY_30),
        ):
            add_task(template, text=text, by=hr)
        publish_template(template, by=hr)


def send_an_offer(site: Installation, bank: Bank) -> str:
    """An offer is out to somebody who applied; returns its private link."""
    world = bank.world
    with transaction():
        recruiter, manager = _person(bank, "recruiter"), _person(bank, "manager")
        where = {"job_role": world.job_roles["Relationship manager"], "department": world.departments["Retail banking"], "location": _place(bank)}
        applied = an_application(an_open_posting(by=recruiter, hiring_manager=manager, **where), name=CANDIDATE, email=ADDRESS).public_id
        session.execute(update(Person).values(locale="en"))
    with transaction():
        recruiter, executive = _person(bank, "recruiter"), _person(bank, "executive")
        terms = Terms(
            salary=1_125_000, currency="BRL", starts_on=site.at(14, 9).date(), expires_on=site.at(5, 9).date(), location=_place(bank),
            manager=_person(bank, "manager"), buddy=_person(bank, "buddy"), approver=executive, benefits="", letter=LETTER, language="en",
        )  # fmt: skip
        offer = draft_offer(get_application(applied, viewer=recruiter), terms=terms, by=recruiter)
        ask_for_approval(_again(offer, recruiter), by=recruiter, version=offer.version)
        approve_offer(_again(offer, executive), by=executive, version=offer.version)
        send_offer(_again(offer, recruiter), by=recruiter, version=offer.version)
    return site.link_to(ADDRESS, "/my-offer/")


def _person(bank: Bank, name: str) -> Person:
    return get_person(bank.world.people[name].public_id)


def _place(bank: Bank) -> Location:
    return session.scalars(select(Location).where(Location.id == bank.world.places["São Paulo, Paulista"].id)).one()


def _again(offer: Offer, viewer: Person) -> Offer:
    session.flush()
    session.expire(offer)
    return get_offer(offer.public_id, viewer=viewer)


def sees_only_the_own_onboarding(newcomer: Walker) -> None:
    """Before day one nothing else is offered, and nothing else opens."""
    newcomer.go("/onboarding/mine")
    offered = newcomer.page.eval_on_selector_all("nav a, main a", "links => links.map(one => one.getAttribute('href'))")
    inside = (
        "/home",
        "/onboarding/mine",
        "/onboarding/tasks/",
        "/onboarding/reminders/mine",
        "/photos/mine",
        "mailto:",
        "tel:",
        "/notices",
        "/messages",
        "#",
    )
    assert [link for link in offered if not link.startswith(inside)] == []
    for address in ("/onboarding", "/onboarding/tasks", "/people", "/shadowing", "/learning", "/applications", "/onboarding/templates"):
        answer = newcomer.context.request.get(address, max_redirects=0)
        assert answer.status in (403, 404), (address, answer.status)
    for link in dict.fromkeys(link for link in offered if link.startswith("/")):
        newcomer.go(link)


def prepare(browser: Browser, newcomer: Walker) -> None:
    """Hand in a document, fill in a form and sign the contract on a phone; human resources alone reads the secret."""
    newcomer.go("/onboarding/mine")
    newcomer.page.locator("input[name=file]").set_input_files({"name": "identidade.png", "mimeType": "image/png", "buffer": a_picture()})
    newcomer.press("Hand in")
    newcomer.press("Fill in")
    form = newcomer.address_after(r"(/onboarding/tasks/[0-9a-f-]+)")
    newcomer.page.get_by_label("Account for the salary").fill(BANK_ACCOUNT)
    newcomer.page.get_by_label("Size of the shirt").fill("M")
    newcomer.press("Send")
    assert BANK_ACCOUNT not in newcomer.text()
    newcomer.go("/onboarding/mine")
    newcomer.press("Read and sign")
    newcomer.says(f"{CANDIDATE} works from")
    newcomer.fill(typed_name=CANDIDATE)
    newcomer.press("Sign")
    signed = newcomer.download(newcomer.page.locator('main a[href$="/signed"]').get_attribute("href") or "")
    assert CANDIDATE in words_of(signed)
    with walking(browser, newcomer.site, "hr") as hr:
        hr.go(form)
        hr.says(BANK_ACCOUNT)
        hr.go("/onboarding")
        hr.press(CANDIDATE)
        hr.press("Hand in an identity document")
        hr.press("Accept the document")
    with walking(browser, newcomer.site, "manager") as manager:
        manager.go(form)
        manager.says("Only human resources reads this.")
        assert BANK_ACCOUNT not in manager.text()


def words_of(paper: bytes) -> str:
    """What a PDF says, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages).split())


def schedule(manager: Walker, *, on: date, from_time: str, to_time: str, remote: bool) -> str:
    """The manager schedules a session with the mentor; returns its address."""
    manager.go("/shadowing/new")
    manager.fill(person=CANDIDATE, mentor="Rosana Quadros", first_day=on.isoformat(), from_time=from_time, to_time=to_time)
    manager.page.locator(f"input[name=mode][value={'remote' if remote else 'on_site'}]").check()
    if remote:
        manager.fill(meeting_url="https://meet.example.org/acompanhamento")
    else:
        manager.fill(place="Avenida Paulista, 1111")
    for box in manager.page.locator("input[name=objectives]").all()[:2]:
        box.check()
    manager.send()
    return manager.address_after(r"(/shadowing/[0-9a-f-]+)$")


def both_accept(browser: Browser, newcomer: Walker, *sessions: str) -> None:
    """Both were invited by mail, find what waits for them at home, and say that they will be there."""
    site = newcomer.site
    with walking(browser, site, "mentor", width=PHONE) as mentor:
        for walker, address in ((newcomer, ADDRESS), (mentor, "mentor@demo.trilha.test")):
            for one in sessions:
                assert len(site.letters_to(address, site.url + one)) == 1
                walker.go("/home")
                walker.press(walker.page.locator(f'main a[href="{one}"]').first)
                walker.press("I will be there")
        assert "has not accepted yet" not in mentor.text()


def hold(browser: Browser, newcomer: Walker, address: str) -> None:
    """After the session the new hire hands in what was seen, and the mentor agrees with all of it in one tap."""
    newcomer.go(address)
    for seen in newcomer.page.locator('input[name^="seen-"][value=yes]').all():
        seen.check()
    for field in newcomer.page.locator('textarea[name^="learned-"]').all():
        field.fill("Perguntar antes de responder.")
    newcomer.press("Hand in what I saw")
    with walking(browser, newcomer.site, "mentor", width=PHONE) as mentor:
        mentor.go(address)
        mentor.says("Perguntar antes de responder.")
        mentor.press("I agree with all of it")
        mentor.says("Signed off")


def assess(walker: Walker, review: str, *, achievements: str, hidden: str = "") -> None:
    """Write and send one side's assessment; the other's is not read before."""
    walker.go(review)
    assert not hidden or hidden not in walker.text()
    walker.press("Write your assessment")
    walker.fill(achievements=achievements, difficulties="Sistemas", support="Mais visitas")
    walker.page.locator("fieldset.rating label").nth(2).click()
    walker.press("Send for good")
    walker.says(achievements, *([hidden] if hidden else []))


def meet(manager: Walker, review: str) -> None:
    """Book the first time that both are free, with an invitation to both."""
    manager.go(review)
    manager.press("Book the meeting")
    manager.page.locator("input[name=time]").first.check()
    manager.fill(place="Sala 2")
    manager.press("Book and invite")
    for address in (ADDRESS, "manager@demo.trilha.test"):
        assert any("Sala 2" in text_of(letter) for letter in manager.site.letters_to(address))


def agree(manager: Walker, review: str, *, by: date) -> None:
    """Write down what was agreed on, with something to do, and put it forward."""
    manager.go(review)
    manager.press("Write down what you agreed on")
    manager.fill(text="Visitar dez clientes", owner=CANDIDATE, due_on=by.isoformat())
    manager.press("Add")
    manager.fill(successes=AGREED, improvements="Responder no mesmo dia", job_description="- Cuida de 80 clientes")
    manager.page.locator("input[name=outcome][value=confirm]").check()
    manager.press("Put forward to be signed")


def sign(walker: Walker, review: str, name: str) -> None:
    """Sign with one's name what stands there."""
    walker.go(review)
    walker.says(AGREED, "Visitar dez clientes")
    walker.fill(typed_name=name)
    walker.press("Sign")
