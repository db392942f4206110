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
