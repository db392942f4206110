"""From the accepted offer over day one to the first review, and what happens when the plan changes, in real browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.databases import Database
from tests.journeys import hiring_steps as hiring
from tests.journeys import joining_steps as joining
from tests.journeys import starting_steps as starting
from tests.journeys.bank import found_bank
from tests.journeys.hiring_steps import ADDRESS, CANDIDATE
from tests.journeys.installation import Installation, installed
from tests.journeys.walker import PHONE, walking

MANAGER = "Cláudia Vasconcelos"


@pytest.fixture
def site(database: Database, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """A bank whose offer has just been accepted, with the account that was invited."""
    with installed(database, tmp_path) as found:
        with found.app.app_context():
            bank = found_bank(monkeypatch)
            starting.ask_for_more(bank)
            link = starting.send_an_offer(found, bank)
        hiring.accept(browser, found, link)
        yield found


def test_a_new_hire_goes_from_the_accepted_offer_on_a_phone_to_the_signed_review_of_the_first_month(browser: Browser, site: Installation) -> None:
    with walking(browser, site, width=PHONE) as newcomer:
        joining.join(newcomer)
        starting.sees_only_the_own_onboarding(newcomer)
        starting.prepare(browser, newcomer)
        site.wait_until(site.at(14, 9))
        newcomer.go("/home")
        newcomer.go("/onboarding/mine")
        newcomer.press("Read and acknowledge")
        newcomer.fill(typed_name=CANDIDATE)
        newcomer.press("I acknowledge")
        with walking(browser, site, "manager") as manager:
            here = starting.schedule(manager, on=site.at(15, 9).date(), from_time="10:00", to_time="12:00", remote=False)
            there = starting.schedule(manager, on=site.at(16, 9).date(), from_time="14:00", to_time="16:00", remote=True)
        starting.both_accept(browser, newcomer, here, there)
        newcomer.says("Join")
        site.wait_until(site.at(15, 13))
        starting.hold(browser, newcomer, here)
        site.wait_until(site.at(16, 17))
        starting.hold(browser, newcomer, there)
        _review(browser, site)


def _review(browser: Browser, site: Installation) -> None:
    """Both assess, meet, agree and sign; the paper says so to both, and the task of the review is done."""
    site.wait_until(site.at(14 + 26, 9))
    site.let_a_night_pass()
    review = site.link_to(ADDRESS, "/reviews/").removesuffix("/assessment")
    with walking(browser, site, width=PHONE) as newcomer, walking(browser, site, "manager") as manager:
        newcomer.sign_in(ADDRESS, password=joining.SECRET)
        starting.assess(newcomer, review, achievements="Conheci a carteira")
        starting.assess(manager, review, achievements="Escuta o cliente", hidden="Conheci a carteira")
        starting.meet(manager, review)
        site.wait_until(site.at(14 + 29, 11))
        starting.agree(manager, review, by=site.at(60, 9).date())
        starting.sign(newcomer, review, CANDIDATE)
        starting.sign(manager, review, MANAGER)
        for walker in (newcomer, manager):
            walker.go(review)
            paper = walker.download(walker.page.get_by_role("link", name="Sealed PDF").get_attribute("href") or "")
            said = starting.words_of(paper)
            for sentence in (CANDIDATE, MANAGER, starting.AGREED, "Visitar dez clientes"):
                assert sentence in said, said
        newcomer.go("/home")
        newcomer.go("/onboarding/mine")


def test_the_first_day_moves_only_after_what_moves_was_shown_and_everybody_is_told(browser: Browser, site: Installation) -> None:
    with walking(browser, site, width=PHONE) as newcomer, walking(browser, site, "hr") as hr:
        joining.join(newcomer)
        newcomer.says("Monday, March 16, 2026")
        hr.go("/onboarding/calendar?month=2026-03")
        hr.press(CANDIDATE)
        hr.press(hr.page.locator("li", has_text="Prepare the contract").get_by_role("button", name="Done"))
        hr.press("Move first day")
        hr.fill(starts_on=site.at(23, 9).date().isoformat())
        hr.press("Show what moves")
        hr.says("These days move", "Create the mailbox", "Mar 25, 2026", "1 finished task stays as it is.")
        newcomer.go("/onboarding/mine")
        newcomer.says("Monday, March 16, 2026")
        hr.press("Move the first day")
        newcomer.go("/onboarding/mine")
        newcomer.says("Wednesday, March 25, 2026")
        for address in (ADDRESS, "manager@demo.trilha.test", "buddy@demo.trilha.test"):
            assert site.letters_to(address, "March 25"), address
        hr.go("/onboarding/calendar?month=2026-03")
        assert CANDIDATE in hr.page.locator('td:has(time[datetime="2026-03-25"])').inner_text()


def test_a_mentor_cancels_with_a_reason_and_the_new_hire_takes_another_time_that_was_proposed(browser: Browser, site: Installation) -> None:
    with walking(browser, site, width=PHONE) as newcomer:
        joining.join(newcomer)
        site.wait_until(site.at(14, 9))
        with walking(browser, site, "manager") as manager:
            first = starting.schedule(manager, on=site.at(15, 9).date(), from_time="10:00", to_time="12:00", remote=True)
        starting.both_accept(browser, newcomer, first)
        with walking(browser, site, "mentor", width=PHONE) as mentor:
            mentor.go(first)
            mentor.page.get_by_role("button", name="Cancel this session").first.click()
            mentor.page.locator("dialog[open] textarea").fill("A client comes in that morning.")
            mentor.press(mentor.page.locator("dialog[open] button[type=submit]").last)
            mentor.says("A client comes in that morning.")
        assert site.letters_to(ADDRESS, "Propose one of them:")
        newcomer.go(site.link_to(ADDRESS, "/shadowing/"))
        newcomer.says("A client comes in that morning.", "You are both free at these.")
        newcomer.press(newcomer.page.locator('main a[href*="again="]').first)
        newcomer.press("Schedule and invite")
        second = newcomer.address_after(r"(/shadowing/[0-9a-f-]+)$")
        assert second != first
        with walking(browser, site, "mentor", width=PHONE) as mentor:
            mentor.go("/home")
            mentor.press(mentor.page.locator(f'main a[href="{second}"]').first)
            mentor.press("I will be there")
        newcomer.go(second)
        assert "has not accepted yet" not in newcomer.text()
        newcomer.says("Join the meeting")
        newcomer.go("/onboarding/mine")


def test_the_manager_leaves_and_human_resources_sees_where_the_tasks_went(browser: Browser, site: Installation) -> None:
    with walking(browser, site, width=PHONE) as newcomer, walking(browser, site, "hr") as hr:
        joining.join(newcomer)
        newcomer.says(MANAGER)
        hr.go("/people?words=Vasconcelos")
        hr.press(MANAGER)
        hr.press("End employment")
        hr.fill(last_day=site.at(4, 9).date().isoformat(), successor="Marcelo Tinoco", reason="Another bank.")
        hr.press("Show what follows")
        hr.says("open tasks for new hires stay with them until then.", "goes to Marcelo Tinoco.")
        hr.says(f"Marcelo Tinoco becomes the manager of these new hires: {CANDIDATE}")
        hr.press("End employment")
        newcomer.go("/onboarding/mine")
        newcomer.says(MANAGER)
        site.wait_until(site.at(5, 9))
        site.let_a_night_pass()
        with walking(browser, site, "buddy") as successor:
            successor.go("/onboarding/tasks")
            successor.says("Talk about the first ninety days", CANDIDATE)
        assert site.letters_to("buddy@demo.trilha.test", "Talk about the first ninety days")
        newcomer.go("/onboarding/mine")
        assert MANAGER not in newcomer.text()
        hr.go("/onboarding?kind=leaving")
        hr.press(MANAGER)
        hr.go("/onboarding")
        hr.press(CANDIDATE)
        hr.says("Marcelo Tinoco")
        assert MANAGER not in hr.page.locator("main aside").inner_text()
        site.wait_until(site.at(7, 9))
        site.let_a_night_pass()
        hr.go("/onboarding")
