"""A course that a rule asks for, from the rule on the page to the certificate, each step as the person who takes it."""

import re
from datetime import timedelta

from playwright.sync_api import Locator, Route, expect

from core.clock import standing_at, today
from core.db import transaction
from core.people.queries import get_person
from tests.journeys.bank import Bank
from tests.journeys.installation import Installation
from tests.journeys.walker import Walker
from tests.training.situations import items
from training.catalogue import actions as catalogue
from training.catalogue.actions import CourseFields, ExamTerms
from training.catalogue.models import CourseArea, CourseForm
from training.catalogue.queries import latest_version
from training.items.actions import write_item

COURSE, MODULES = "Bank secrecy", ("What is secret", "Who may ask")
REGULATION, CLAUSE = "Lei Complementar 105/2001", "art. 1"
ROLE, ASKED = "Relationship manager", 5
CORRECTED, ANOTHER = "Question 1 of the pool?", "Question 5 of the pool?"
BY_THE_KEY, THE_OTHER = "Listen first", "Wait a month"
CUT = "net::ERR_"  # what a browser says of a line that is cut
SAVED = re.compile("Saved at")


def write_course(bank: Bank) -> None:
    """A course whose exam asks all its eight questions and is not passed with one of two points wrong."""
    world = bank.world
    with transaction():
        trainer, officer = (get_person(world.people[name].public_id) for name in ("trainer", "compliance"))
        fields = CourseFields(COURSE, "SEC-001", CourseArea.COMPLIANCE, CourseForm.E_LEARNING, 90, "en", regulation=REGULATION)
        with standing_at(world.at(-20)):
            course = catalogue.add_course(fields, ExamTerms(item_count=8, minutes=30, pass_mark=90, attempts_allowed=3), by=trainer)
            version = latest_version(course)
            for title in MODULES:
                catalogue.write_module(version, None, title=title, text="## Why\n\nBecause **trust** is our trade.", by=trainer)
            for item in items(8):
                write_item(version, None, item, by=trainer)
            catalogue.submit_version(version, by=trainer)
        with standing_at(world.at(-18)):
            catalogue.approve_version(version, in_force_from=today("America/Sao_Paulo"), by=officer)


def write_rule(officer: Walker) -> None:
    """The officer writes who must hold the course, looks at what that would do, and only then writes it."""
    page, begins = officer.page, officer.site.at(0, 9).date()
    officer.go("/home")
    _by_menu(officer, "Training rules")
    officer.press("New rule")
    page.get_by_label("Who", exact=True).select_option(label=ROLE)
    page.get_by_label("Course", exact=True).select_option(label=COURSE)
    page.get_by_label("Due, in days after the start in the role").fill("30")
    page.get_by_label("Valid for how many months").fill("12")
    page.get_by_label("Regulation").fill(REGULATION)
    page.get_by_label("Article or clause").fill(CLAUSE)
    page.get_by_label("In effect from").fill(begins.isoformat())
    officer.press("Show what it would do")
    preview = page.get_by_role("region", name="What it would do")
    expect(preview).to_contain_text("What it would do on Mar 2, 2026")
    _figures(preview, {"People asked": "5", "In order already": "0", "Have it to do": "5", "Late at once": "0", "Hours of training": "8"})
    lapsing = preview.get_by_role("table", name="Who falls out of order when")
    expect(lapsing.get_by_role("row", name="April 2026")).to_contain_text("5")
    expect(lapsing.get_by_role("row", name="May 2026")).to_contain_text("0")
    shares = preview.get_by_role("table", name="By department")
    expect(shares.get_by_role("row", name="Retail banking")).to_contain_text("4")
    expect(shares.get_by_role("row", name="Business banking")).to_contain_text("1")
    officer.press("Write the rule")
    officer.says("The rule is written. Assignments follow in the background.", f"{REGULATION}", CLAUSE)
    officer.site.let_workers_run()
    expect(page.locator("main")).to_contain_text(re.compile(r"Assignments of all \d+ people follow the rule since"))
    officer.look()


def _by_menu(walker: Walker, words: str) -> None:
    menu = walker.page.get_by_role("button", name="Menu", exact=True)
    if menu.is_visible():
        menu.click()
    with walker.page.expect_navigation():
        walker.page.get_by_role("navigation", name="Main").get_by_role("link", name=words, exact=True).click()
    walker.look()


def _figures(part: Locator, wanted: dict[str, str]) -> None:
    for label, figure in wanted.items():
        expect(part.locator(".stat", has_text=label)).to_contain_text(re.compile(rf"\b{figure}\b"))


def sees_why(learner: Walker) -> None:
    """My training tells whom the rule asks, since when, by when and under which regulation."""
    learner.go("/home")
    _by_menu(learner, "My training")
    entry = learner.page.get_by_role("listitem").filter(has=learner.page.get_by_role("link", name=COURSE, exact=True))
    expect(entry).to_contain_text(re.compile(rf"Required because: rule \d+, {ROLE}, since Mar 2, 2026\."))
    expect(entry).to_contain_text(f"{REGULATION}, {CLAUSE}")
    expect(entry).to_contain_text("Due on Apr 1, 2026, not yet begun.")


def learn(learner: Walker) -> None:
    """Read the course to its end."""
    learner.go("/learning")
    learner.press(COURSE)
    learner.says("Why this course", "Required because: rule")
    learner.press(f"Begin: {MODULES[0]}")
    learner.press("I have read this")
    learner.press("I have read this")
    learner.says("You have reached the end of the last module.")


def begin_exam(learner: Walker) -> None:
    """Start the clock."""
    learner.go("/learning")
    learner.press(COURSE)
    learner.page.get_by_role("button", name="Start the exam").click()
    _say_yes(learner, "Start the exam")
    expect(learner.page.get_by_role("heading", level=1)).to_have_text(COURSE)


def _say_yes(learner: Walker, words: str) -> None:
    with learner.page.expect_navigation():
        learner.page.get_by_role("dialog").get_by_role("button", name=words).click()
    learner.look()


def answer(learner: Walker, numbers: range, *, but: str = "") -> None:
    """Answer these of the questions by the key, `but` one otherwise."""
    for number in numbers:
        question = learner.page.locator("li[data-question]").nth(number)
        figure = question.get_by_role("textbox")
        if figure.count():
            figure.fill("731,25")
            continue
        right = THE_OTHER if but and but in question.inner_text() else BY_THE_KEY
        for words in (right, "Write it down", "True"):
            for option in question.get_by_label(words, exact=True).all():
                option.check()


def kept(learner: Walker) -> None:
    """The server has said that it has the answers."""
    expect(learner.page.locator("[data-autosave]")).to_have_text(SAVED, timeout=15_000)


def answered(learner: Walker, count: int) -> None:
    """So many are answered, as the page counts."""
    expect(learner.page.locator(".exam-count")).to_contain_text(re.compile(rf"^\s*{count} / 8"))


def hand_in(learner: Walker) -> None:
    """Hand in, and say yes when asked."""
    learner.page.get_by_role("button", name="Hand in").click()
    _say_yes(learner, "Hand in")


def fails(learner: Walker, question: str) -> None:
    """The first attempt: one question answered otherwise than the key says."""
    begin_exam(learner)
    answer(learner, range(8), but=question)
    answered(learner, 8)
    kept(learner)
    hand_in(learner)
    learner.says("Not passed this time", "10 of 12", "The pass mark is 90 %.")


def passes_on_a_bad_line(learner: Walker) -> None:
    """The second attempt: the line is cut twice, an answer of the server is lost, and nothing that was answered is."""
    page = learner.page
    begin_exam(learner)
    learner.says("attempt 2")
    answer(learner, range(0, 2))
    kept(learner)
    with learner.expecting(CUT):
        learner.context.set_offline(True)
        answer(learner, range(2, 5))
        expect(page.locator("[data-autosave]")).to_have_text(re.compile("You are offline. Your answers are kept in this browser"))
        answered(learner, 5)
        learner.context.set_offline(False)
        kept(learner)
    with learner.expecting(CUT):
        lost: list[str] = []

        def lose_the_reply(route: Route) -> None:
            route.fetch()
            lost.append(route.request.url)
            route.abort()

        page.route("**/answers", lose_the_reply)
        answer(learner, range(5, 7))
        expect(page.locator("[data-autosave]")).to_have_attribute("data-state", "failed")
        page.unroute("**/answers")
        assert lost
        kept(learner)
    page.reload()
    learner.look()
    answered(learner, 7)
    with learner.expecting(CUT):
        learner.context.set_offline(True)
        answer(learner, range(7, 8))
        answered(learner, 8)
        page.get_by_role("button", name="Hand in").click()
        page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
        expect(page.locator("[data-autosave]")).to_have_text(re.compile("You are offline"))
        learner.context.set_offline(False)
        kept(learner)
    hand_in(learner)
    learner.says("Passed", "12 of 12", "Your certificate is being printed")


def gets_the_certificate(learner: Walker, address: str) -> bytes:
    """It comes by mail, stands among one's own, and both are the same file, which is returned."""
    site = learner.site
    letter = site.letters_to(address, site.link_to(address, "/verify/"))[-1]
    mailed = [part.get_payload(decode=True) for part in letter.iter_attachments() if part.get_content_type() == "application/pdf"]
    learner.go("/learning")
    row = learner.page.get_by_role("table", name="Certificates").get_by_role("row", name=COURSE)
    expect(row).to_contain_text("Valid")
    paper = learner.download(row.get_by_role("link", name=f"Certificate of {COURSE} as PDF").get_attribute("href") or "")
    assert mailed == [paper]
    return paper


def day_after(site: Installation, days: int) -> str:
    """The day so many after the beginning, as a field of a form takes it."""
    return (site.at(0, 9) + timedelta(days=days)).date().isoformat()
