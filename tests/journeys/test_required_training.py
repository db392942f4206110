"""Required training as the law wants it proved: from the rule on the page to a pack that an auditor checks without us, in real browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from core.db import session
from core.people.models import Person
from tests.databases import Database
from tests.journeys import proving_steps as proving
from tests.journeys import requiring_steps as requiring
from tests.journeys.bank import COURSE, found_bank
from tests.journeys.installation import Installation, installed
from tests.journeys.walker import PHONE, walking

LEARNER, LEARNER_ADDRESS = "Marcelo Tinoco", "buddy@demo.trilha.test"
OTHER, OTHER_ADDRESS = "Lívia Andrade Prates", "interviewer@demo.trilha.test"
OUTSIDER = "Rosana Quadros"  # asked for the same, in another department
AUDITOR = "Heitor Valadão"


@pytest.fixture
def site(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Installation]:
    """A bank with a course that no rule asks for yet."""
    with installed(database, tmp_path) as found:
        with found.app.app_context():
            bank = found_bank(monkeypatch)
            requiring.write_course(bank)
        yield found


def test_a_rule_is_written_met_corrected_and_proved_to_an_auditor(browser: Browser, site: Installation, tmp_path: Path) -> None:
    with walking(browser, site, "compliance") as officer:
        requiring.write_rule(officer)
        with walking(browser, site, "buddy", width=PHONE) as learner:
            requiring.sees_why(learner)
            requiring.learn(learner)
            requiring.fails(learner, requiring.ANOTHER)
            requiring.passes_on_a_bad_line(learner)
            paper = requiring.gets_the_certificate(learner, LEARNER_ADDRESS)
            code = proving.check_certificate(browser, site, paper, LEARNER)
            with walking(browser, site, "interviewer") as other:
                requiring.learn(other)
                requiring.fails(other, requiring.CORRECTED)
                proving.correct_the_key(officer, loses=LEARNER, wins=OTHER)
                proving.wins_the_certificate(other, OTHER_ADDRESS)
            proving.loses_the_certificate(browser, learner, LEARNER_ADDRESS, code)
        proving.give_access(officer, AUDITOR)
        outsider = _public_id(site, "mentor@demo.trilha.test")
        with walking(browser, site, "auditor") as auditor:
            proving.sees_nobody_else(auditor, insider=LEARNER, outsider=OUTSIDER, outsider_id=outsider)
            pack, steps = proving.order_pack(auditor, _folder(tmp_path, "pack"))
            proving.check_pack(pack, steps)
            proving.read_pack(pack, states={LEARNER: "in_progress", OTHER: "compliant"}, outside=(OUTSIDER, outsider, COURSE))
            proving.notices_changes(pack, steps, _folder(tmp_path, "changed"))
            proving.is_watched(officer, AUDITOR)
            site.wait_until(site.at(15, 9))
            proving.sees_nothing_any_more(auditor)


def _folder(within: Path, name: str) -> Path:
    folder = within / name
    folder.mkdir()
    return folder


def _public_id(site: Installation, address: str) -> str:
    with site.app.app_context():
        return str(session.scalars(select(Person.public_id).where(Person.email == address)).one())
