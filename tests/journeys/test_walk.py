"""One person's whole trail, from the posting to the certificate, in real browsers with real mail, on a clock that moves."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from core.documents.rendering import print_html
from tests.databases import Database
from tests.journeys import hiring_steps as hiring
from tests.journeys import joining_steps as joining
from tests.journeys.bank import found_bank
from tests.journeys.installation import Installation, installed
from tests.journeys.walker import PHONE, walking


def test_one_candidate_walks_from_the_posting_to_the_certificate(
    browser: Browser, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with installed(database, tmp_path) as site:
        with site.app.app_context():
            bank = found_bank(monkeypatch)
        link = _hire(browser, site)
        hiring.accept(browser, site, link)
        site.wait_until(site.at(8, 10))
        with walking(browser, site, width=PHONE) as newcomer:
            joining.join(newcomer)
            joining.prepare(browser, newcomer)
            site.wait_until(site.at(14, 9))
            session = joining.plan_shadowing(browser, site, on=site.at(15, 9).date())
            site.wait_until(site.at(15, 17))
            joining.shadow(browser, newcomer, session)
            site.wait_until(site.at(16, 10))
            joining.learn(newcomer)
            joining.sit_exam(newcomer)
            joining.certified(browser, newcomer)
            newcomer.go("/onboarding/mine")
        joining.comply(browser, site, bank, on=site.at(16, 9).date())
        joining.examine(browser, site)


def _hire(browser: Browser, site: Installation) -> str:
    with walking(browser, site, "recruiter") as recruiter:
        posting = hiring.write_posting(recruiter)
        hiring.publish(browser, recruiter, posting)
        hiring.apply(browser, site)
        application = hiring.screen(recruiter)
        hiring.advance(recruiter, posting)
        first = site.at(2, 10)
        hiring.schedule(recruiter, application, starts=first, kind="first", zone="America/Sao_Paulo", interviewers=("Lívia Andrade Prates",))
        site.wait_until(site.at(2, 11))
        with walking(browser, site, "interviewer") as interviewer:
            hiring.fill_card(interviewer, evidence="She named the firm and what came of it.")
        recruiter.go(application)
        recruiter.page.get_by_label("Move to…").click()
        recruiter.press("Painel")  # the posting is in Portuguese, and so are its stages
        panel = site.at(4, 14)
        both = ("Lívia Andrade Prates", "Cláudia Vasconcelos")
        hiring.schedule(recruiter, application, starts=panel, kind="panel", zone="America/Manaus", interviewers=both)
        site.wait_until(site.at(4, 17))
        with walking(browser, site, "interviewer") as interviewer:
            hiring.fill_card(interviewer, evidence="In the panel she listened first.")
        with walking(browser, site, "manager") as manager:
            hiring.fill_card(manager, evidence="I would work with her.", hidden="In the panel she listened first.")
        site.wait_until(site.at(7, 9))
        return hiring.offer(browser, recruiter, application)


@pytest.mark.sqlite_only  # how a file is read does not depend on the database
def test_a_resume_as_pdf_is_read_too(browser: Browser, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with installed(database, tmp_path) as site:
        with site.app.app_context():
            found_bank(monkeypatch)
            words = f"<h1>{hiring.CANDIDATE}</h1><p>{hiring.SENTENCE}</p>"
            paper = print_html(f"<html lang='pt-BR'><head><title>Currículo</title></head><body>{words}</body></html>")
        with walking(browser, site, "recruiter") as recruiter:
            posting = hiring.write_posting(recruiter)
            hiring.publish(browser, recruiter, posting)
            hiring.apply(browser, site, file=("Currículo.pdf", "application/pdf", paper))
            hiring.screen(recruiter)
