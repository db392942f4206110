"""What is proved of training to others: certificates checked by strangers, a key put right, and a pack an auditor checks without us."""

import csv
import json
import os
import re
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.journeys.installation import Installation, text_of
from tests.journeys.requiring_steps import BY_THE_KEY, CLAUSE, CORRECTED, COURSE, REGULATION, THE_OTHER, day_after
from tests.journeys.walker import PHONE, Walker, walking

DEPARTMENT = "Retail banking"
WHY = "The second edition of the law says otherwise."
NOT_OURS = ("404", "status of 404")


def check_certificate(browser: Browser, site: Installation, paper: bytes, holder: str) -> str:
    """A stranger checks it by the code printed on it, by the file, and by files that were altered; returns the code."""
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", words_of(paper))
    assert code is not None, words_of(paper)
    with walking(browser, site, width=PHONE) as stranger:
        stranger.go("/verify")
        stranger.page.get_by_label("Code on the document").fill(code[0])
        stranger.press("Check")
        stranger.says("Genuine, and it holds until Mar 1, 2027.", holder, COURSE)
        _upload(stranger, paper)
        stranger.says("Genuine, and it holds until Mar 1, 2027.", "The file you chose is, byte for byte, the one that was issued.", holder)
        with stranger.expecting(*NOT_OURS):
            place = paper.index(b"stream") + 40
            _upload(stranger, paper[:place] + bytes([paper[place] ^ 1]) + paper[place + 1 :])
            stranger.says("The seal is ours, but what it covers is not what we sealed. Do not rely on this file.")
            _upload(stranger, paper + b"\n% one more line\n")
            stranger.says("something was added behind it that we did not seal")
            assert "Genuine" not in stranger.text()
    return code[0]


def _upload(stranger: Walker, content: bytes) -> None:
    stranger.go("/verify")
    stranger.page.get_by_label("Or the PDF itself").set_input_files({"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": content})
    stranger.press("Check")


def words_of(paper: bytes) -> str:
    """What is printed."""
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True).stdout.decode()


def correct_the_key(officer: Walker, *, loses: str, wins: str) -> None:
    """Another answer is right: first who that would change, then it is done, and every change is listed."""
    page = officer.page
    officer.go("/courses")
    officer.press(COURSE)
    officer.press("Version 1")
    page.get_by_text(CORRECTED).click()
    officer.press(page.get_by_role("link", name="Correct it and grade again (question 1)"))
    officer.says(f"Right as approved: {BY_THE_KEY}")
    page.get_by_label("Other answers are right").check()
    page.get_by_label(BY_THE_KEY, exact=True).uncheck()
    page.get_by_label(THE_OTHER, exact=True).check()
    page.get_by_label("Whoever passed stays passed, even if the score falls below the pass mark").uncheck()
    page.get_by_label("What was wrong? Everybody whose score changes reads it").fill(WHY)
    officer.press("Show what changes")
    foreseen = page.get_by_role("table", name="What would change")
    expect(foreseen.get_by_role("row", name=loses).filter(has_text="No longer passed")).to_contain_text("12 of 12")
    expect(foreseen.get_by_role("row", name=wins)).to_contain_text("Passed now")
    officer.press("Correct and grade again")
    officer.site.let_workers_run()
    page.reload()
    officer.look()
    done = page.get_by_role("table", name="Scores that changed")
    lost = done.get_by_role("row", name=loses).filter(has_text="No longer passed")
    for words in ("12 of 12", "10 of 12"):
        expect(lost).to_contain_text(words)
        expect(done.get_by_role("row", name=wins)).to_contain_text(words)
    expect(done.get_by_role("row", name=wins)).to_contain_text("Passed now")
    officer.says(WHY, f"Right now {THE_OTHER}")


def loses_the_certificate(browser: Browser, learner: Walker, address: str, code: str) -> None:
    """Who fell below the mark is told why, sees it at the result, and the certificate says so to everybody."""
    site = learner.site
    assert site.letters_to(address, WHY)
    learner.go(site.link_to(address, "/exams/"))
    learner.says("Graded again", "12 of 12 became 10 of 12", "No longer passed.", WHY)
    learner.go("/learning")
    expect(learner.page.get_by_role("table", name="Certificates").get_by_role("row", name=COURSE)).to_contain_text("Revoked")
    with walking(browser, site) as stranger:
        stranger.go(f"/verify/{code}")
        stranger.says("Genuine, but revoked on", WHY)


def wins_the_certificate(learner: Walker, address: str) -> None:
    """Who had answered what is right now has passed, and has the certificate."""
    site = learner.site
    assert "passed" in text_of(site.letters_to(address, WHY)[-1]).casefold()
    learner.go("/learning")
    learner.press(COURSE)
    learner.press(learner.page.get_by_role("link", name="Attempt 1"))
    learner.says("Passed", "10 of 12 became 12 of 12", WHY)
    assert site.link_to(address, "/verify/")


def give_access(officer: Walker, auditor: str) -> None:
    """Two weeks of reading about one department and one regulation."""
    page, site = officer.page, officer.site
    officer.go("/auditor-access")
    officer.press("Give access")
    page.get_by_label("Auditor", exact=True).select_option(label=auditor)
    page.get_by_label("Which audit, and why").fill("Yearly audit of bank secrecy")
    page.get_by_label("Access until the end of").fill(day_after(site, 14))
    page.get_by_role("group", name="Departments").get_by_label(DEPARTMENT).check()
    page.get_by_role("group", name="Regulations").get_by_label(f"{REGULATION}, {CLAUSE}").check()
    officer.press("Give access")
    officer.says("The auditor has access from now on, until it ends by itself.", DEPARTMENT, REGULATION)


def order_pack(auditor: Walker, folder: Path) -> tuple[Path, list[tuple[str, str]]]:
    """Ask for a pack, wait until its page says that it is there, and save it with the steps the page tells: command and what it must print."""
    page, site = auditor.page, auditor.site
    auditor.go("/evidence")
    auditor.says("every page you open is written down", "No pack has been made yet")
    auditor.press("New pack")
    page.get_by_label("Period from").fill(day_after(site, -30))
    page.get_by_label("Period until").fill(day_after(site, 0))
    auditor.press("Make the pack")
    auditor.says("The pack is being made.")
    site.let_workers_run()
    expect(page.get_by_role("button", name="Download")).to_be_visible(timeout=15_000)
    auditor.look()
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download").click()
    path = folder / begun.value.suggested_filename
    begun.value.save_as(path)
    told = page.locator("ol > li", has=page.locator("pre.command"))
    return path, [(one.locator("pre").inner_text(), one.locator("code.fingerprint").inner_text()) for one in told.all()]


def check_pack(pack: Path, steps: list[tuple[str, str]]) -> None:
    """Do literally what the page says, with no program but the system's own."""
    assert len(steps) == 7
    for command, expected in steps:
        done = run(command, pack.parent)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        assert expected in done.stdout, (command, expected, done.stdout, done.stderr)
    assert "Total document signed" in run(f"pdfsig -nocert {pack.name}", pack.parent).stdout


def run(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a command as somebody would in the folder, with nothing of ours at hand."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": os.environ.get("LANG", "C.UTF-8")}
    return subprocess.run(["/bin/bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def notices_changes(pack: Path, steps: list[tuple[str, str]], folder: Path) -> None:
    """The same steps find a changed byte of the pack, a changed attachment and a changed event."""
    content = pack.read_bytes()
    place = content.index(b"stream") + 40
    changed = folder / pack.name
    changed.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    assert steps[1][1] not in run(steps[1][0], folder).stdout
    for name, step in (("requirements.csv", 4), ("audit.jsonl", 5), ("evidence.json", 6)):
        told = (pack.parent / name).read_bytes()
        (pack.parent / name).write_bytes(told.replace(b"compliant", b"overdue__") if step != 5 else told.replace(b"training.", b"drilling.", 1))
        done = run(steps[step][0], pack.parent)
        assert done.returncode != 0 or steps[step][1] not in done.stdout, (name, done.stdout)
        (pack.parent / name).write_bytes(told)


def read_pack(pack: Path, *, states: dict[str, str], outside: tuple[str, ...]) -> None:
    """Who is in the pack stands there as judged; of what is outside the scope (names, titles, public ids) there is no trace."""
    folder = pack.parent
    told = json.loads((folder / "evidence.json").read_text("utf-8"))
    people = {person["name"]: person["requirements"] for person in told["people"]}
    for name, state in states.items():
        assert [one["state"] for one in people[name]] == [state], (name, people[name])
    rows = list(csv.DictReader((folder / "requirements.csv").read_text("utf-8-sig").splitlines()))
    assert {row["person"] for row in rows} == {name for name, asked in people.items() if asked}
    everything = {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.suffix in (".json", ".jsonl", ".csv", ".txt")}
    again = [change for one in people.values() for asked in one for sat in asked["attempts"] for change in sat["graded_again"]]
    assert {(change["reason"], change["outcome"]) for change in again} == {(WHY, outcome) for outcome in ("same", "now_passed", "now_failed")}
    everything["printed"] = words_of(pack.read_bytes())
    for name in states:
        assert name in everything["printed"]
    for file, words in everything.items():
        for name in outside:
            assert name not in words, (file, name)


def sees_nobody_else(auditor: Walker, *, insider: str, outsider: str, outsider_id: str) -> None:
    """Who is outside the scope does not exist for the auditor."""
    auditor.go("/compliance")
    auditor.says(insider)
    assert outsider not in auditor.text()
    with auditor.expecting(*NOT_OURS):
        answer = auditor.page.goto(f"/compliance/people/{outsider_id}")
        auditor.look()
        assert answer is not None and answer.status == 404 and outsider not in auditor.text()


def is_watched(officer: Walker, auditor: str) -> None:
    """Compliance reads what was looked at."""
    officer.go("/auditor-access")
    officer.press(auditor)
    officer.says("/evidence/new", "404 not shown")


def sees_nothing_any_more(auditor: Walker) -> None:
    """The access has ended by itself; what was open is shut."""
    with auditor.expecting("403", "status of 403"):
        answer = auditor.page.goto("/evidence")
        auditor.look()
        assert answer is not None and answer.status == 403
