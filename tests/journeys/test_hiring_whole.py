"""Hiring from an asked-for opening to an accepted offer, as each of the people sees it: page by page, with every right in force."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import select

from core.calendars.models import Booking
from core.db import session
from core.people.models import Employment, JobRole, Person
from core.people.queries import get_person
from core.people.rights import Role
from hiring.applications.models import Application, ApplicationState
from hiring.interviews.models import Interview
from hiring.postings.models import Posting, PostingState
from hiring.requisitions.models import Opening, OpeningState
from tests.factories import make_department, make_employment
from tests.hiring.forms_of_pages import ApplyForm, hidden
from tests.situations import a_colleague, a_company, a_place, an_open_posting

MONDAY = datetime(2031, 3, 3, 13, tzinfo=UTC)  # 10:00 in São Paulo
LETTER = "Dear {{candidate_name}}, {{position}} from {{start_date}} for {{salary}}. {{company}}"


def filled_in(html):
    """Every field of the page's main form as a browser would send it untouched."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value, kind = (re.search(rf'\b{part}="([^"]*)"', tag) for part in ("name", "value", "type"))
        if name is None or (kind is not None and kind[1] in ("radio", "checkbox") and " checked" not in tag):
            continue
        given = unescape(value[1]) if value else "y" if kind is not None and kind[1] == "checkbox" else ""
        fields.setdefault(name[1], []).append(given)
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        options = re.findall(r"<option([^>]*)>", inner)
        chosen = [option for option in options if "selected" in option] or options[:1]
        fields[name] = [re.search(r'value="([^"]*)"', option)[1] for option in chosen]
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.S):
        fields[name] = [unescape(inner.strip())]
    return fields


class House:
    """The people of a small bank, and a browser that each of them sits down at."""

    def __init__(self, client, sign_in, mailbox):
        self.client, self.sign_in, self.mailbox = client, sign_in, mailbox
        a_company()
        self.recruiter, self.manager = a_colleague("Renata Lopes", Role.RECRUITER), a_colleague("Marcos Prado", Role.MANAGER)
        self.executive, self.livia = a_colleague("Elisa Tavares", Role.EXECUTIVE), a_colleague("Lívia Prates", Role.INTERVIEWER)
        self.place, self.role, self.department = a_place(), JobRole(name="Gerente de Contas"), make_department()
        session.add(self.role)
        session.flush()
        make_employment(self.manager, manager=None, location=self.place)
        self.ids = {name: getattr(self, name).public_id for name in ("recruiter", "manager", "executive", "livia")}
        self.keys = {name: str(getattr(self, name).public_id) for name in ("role", "department", "place")}

    def sit(self, name):
        """Somebody signs in."""
        self.sign_in(get_person(self.ids[name]))

    def opens(self, address, *sentences):
        """A page that says these."""
        text = self.client.get(address).text
        for sentence in sentences:
            assert sentence in text, (address, sentence)
        return text

    def sends(self, address, **fields):
        """Send a form that is taken, and go where it leads."""
        answer = self.client.post(address, data=fields)
        assert answer.status_code == 302, (address, answer.status_code, re.findall(r"<p><i[^>]*></i>([^<]*)</p>", answer.text)[:5])
        return answer.location

    def writes(self, page, **fields):
        """Fill in a page's form over what it suggests, and send it."""
        return self.sends(page, **{**filled_in(self.client.get(page).text), **fields})

    def link(self, address, part):
        """The latest private link in the mails to an address."""
        found = [word for mail in self.mailbox if mail.to_address == address for word in mail.text.split() if part in word]
        return found[-1].removeprefix("http://localhost").rstrip(".")


@pytest.fixture
def house(client, sign_in, mailbox):
    return House(client, sign_in, mailbox)


def _requisition(house):
    """Asked for, approved by manager and board; the posting is written from it."""
    house.sit("recruiter")
    requisition = house.writes(
        "/requisitions/new", title="Account manager", reason="growth", job_role=house.keys["role"], department=house.keys["department"],
        location=house.keys["place"], hiring_manager=str(house.ids["manager"]), salary_period="month", salary_from="9000", salary_to="12500",
        **{"openings-0-starts_on": "2031-05-05"},
    )  # fmt: skip
    house.sends(f"{requisition}/submit")
    house.sit("manager")
    house.opens("/home", "Decide on a requisition")
    house.sends(f"{requisition}/approve")
    house.sit("recruiter")
    house.opens(requisition, "Approved: the search can begin")
    return house.sends(f"{requisition}/posting").removesuffix("/edit")


def _posting(house):
    posting = _requisition(house)
    texts = {"summary": "You look after clients.", "responsibilities": "- Clients", "qualifications": "- CPA-20", "language": "en"}
    house.writes(f"{posting}/edit", **texts)
    for text in ("Credit", "Listening", "Interest in our mission"):
        house.sends(f"{posting}/criteria", **{"criterion-text": text, "criterion-kind": "skill", "criterion-weight": "3", "criterion-evidence": ""})
    ask = {"question-kind": "yes_no", "question-accepted": "yes", "question-knock_out": "y", "question-knock_out_reason": "The law asks for it."}
    house.sends(f"{posting}/questions", **{"question-text": "CPA-20?", **ask})
    house.sends(f"{posting}/questions", **{"question-text": "Why our mission?", "question-kind": "long", "question-is_mission": "y"})
    return posting


def _plan(house, posting):
    """Four rounds, of which the last is for those the panel recommends."""
    form = house.opens(f"{posting}/plan/new")
    stages = re.findall(r'<option[^>]*value="([0-9a-f-]{36})"', re.search(r'<select[^>]*name="stage".*?</select>', form, re.S).group(0))
    criteria = re.findall(r'name="criteria"[^>]*value="([0-9a-f-]{36})"', form)
    both = [str(house.ids["livia"]), str(house.ids["manager"])]
    rounds = (
        ("First", "first", 0, criteria[:1], both[:1]), ("Case", "technical", 0, criteria[:1], both[1:]),
        ("Panel", "panel", 1, criteria[1:2], both), ("Final", "executive", 1, [], [str(house.ids["executive"])]),
    )  # fmt: skip
    for name, kind, stage, covers, people in rounds:
        house.writes(
            f"{posting}/plan/new", name=name, kind=kind, stage=stages[stage], minutes="60", criteria=covers, people=people,
            **{"questions-0-text": f"What is {name} about?", "questions-0-good_answer": "Says it plainly"},
        )  # fmt: skip
    house.opens(f"{posting}/plan", "Nobody asks about: Interest in our mission.", "4. Final")


def _open(house, posting):
    house.sends(f"{posting}/submit")
    house.sit("manager")
    house.sends(f"{posting}/approve")
    house.sit("recruiter")
    house.sends(f"{posting}/open")


def _apply(house, name, address):
    posting = session.scalars(select(Posting).where(Posting.state == PostingState.OPEN)).one()
    with house.client.session_transaction() as cookie:
        cookie.clear()
    assert ApplyForm(house.client, posting.slug).send(name=name, email=address).status_code == 303
    applied = session.scalars(select(Application).where(Application.email == address)).one()
    return f"/applications/{applied.public_id}"


def _interview(house, application, number, *, day, interviewers):
    """Plan a round from the plan, hold it, and have each interviewer send a card; nobody sees another's before."""
    house.sit("recruiter")
    page = house.opens(f"{application}/interviews/new", "From the plan:")
    rounds = list(dict.fromkeys(re.findall(r"round=([0-9a-f-]{36})", page)))
    address = f"{application}/interviews/new?round={rounds[number]}"
    starts = MONDAY + timedelta(days=day)
    house.writes(address, starts=f"{starts - timedelta(hours=3):%Y-%m-%dT%H:%M}", interviewers=[str(house.ids[name]) for name in interviewers])
    interview = session.scalars(select(Interview).order_by(Interview.id.desc())).first()
    cards = f"/interviews/{interview.public_id}"
    with time_machine.travel(starts + timedelta(hours=2), tick=False):
        for name, (recommendation, mark, heard) in interviewers.items():
            house.sit(name)
            others = [said for each, (_yes, _mark, said) in interviewers.items() if each != name]
            assert not any(said in house.opens(cards) for said in others)
            form = filled_in(house.client.get(f"{cards}/scorecard").text)
            marks = {next(field for field in form if field.startswith("mark_")): str(mark)}  # the first one is what the round is about
            house.sends(f"{cards}/scorecard", **{**form, **marks, "recommendation": recommendation, "evidence": heard, "step": "send"})
            house.opens(cards, heard)
    return rounds


def _go_on(house, application, name):
    """Press the button of the next stage, as the page offers it."""
    house.sit("recruiter")
    page = house.client.get(application).text
    found = re.search(rf'<form[^>]*action="([^"]*/move)"[^>]*>((?:(?!</form>).)*){name}', page, re.S)
    assert found, f"{name} is not offered"
    fields = dict(re.findall(r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"', found[2]))
    house.sends(found[1], **fields)


def test_a_requisition_becomes_an_accepted_offer_by_four_rounds_a_debrief_and_one_renegotiation(house):
    posting = _posting(house)
    _plan(house, posting)
    _open(house, posting)
    application = _apply(house, "Ana Souza", "ana@example.test")
    other = _apply(house, "Bia Nunes", "bia@example.test")
    _go_on(house, application, "Primeira entrevista")
    _interview(house, application, 0, day=0, interviewers={"livia": ("yes", 4, "Told one case to its end")})
    rounds = _interview(house, application, 1, day=1, interviewers={"manager": ("yes", 3, "Read the balance sheet aloud")})
    _go_on(house, application, "Painel")
    split = {"livia": ("strong_yes", 4, "Asked the client first"), "manager": ("no", 2, "Sold before asking")}
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        house.sit("recruiter")
        refused = house.client.get(f"{application}/interviews/new?round={rounds[3]}").text
        written = {**filled_in(refused), "starts": "2031-03-20T10:00"}
        answer = house.client.post(f"{application}/interviews/new?round={rounds[3]}", data=written)
        assert answer.status_code == 409
        assert "for candidates the panel recommended" in answer.text
    _interview(house, application, 2, day=3, interviewers=split)
    with time_machine.travel(MONDAY + timedelta(days=4), tick=False):
        house.sit("manager")
        debrief = house.opens(f"{application}/debrief", "3 of 4", "seen differently", "nobody marked it", "Sold before asking", "Final")
        decided = {"verdict": "recommended", "reason": "The case weighs more", "seen": hidden(debrief, "seen")}
        house.sends(f"{application}/debrief", **decided)
        house.opens(f"{application}/debrief", "from 4 scorecards", "The case weighs more")
    _interview(house, application, 3, day=7, interviewers={"executive": ("yes", 3, "Knows why she comes")})
    with time_machine.travel(MONDAY + timedelta(days=8), tick=False):
        _negotiate(house, application)
        assert session.scalars(select(Opening.state)).all() == [OpeningState.FILLED]
        assert session.scalars(select(Posting.state)).one() is PostingState.FILLED
        assert session.scalars(select(Application.state).order_by(Application.id)).all() == [ApplicationState.HIRED, ApplicationState.ACTIVE]
        ana = session.scalars(select(Person).where(Person.name == "Ana Souza")).one()
        assert session.scalars(select(Employment).where(Employment.person_id == ana.id)).one().valid_from.isoformat() == "2031-05-05"
        house.sit("recruiter")
        house.opens("/home", "Account manager")
        house.opens(other, "Bia Nunes")
        assert "posting_filled" in [mail.name for mail in house.mailbox.to(get_person(house.ids["recruiter"]))]
        house.sit("manager")
        house.opens("/onboarding", "Ana Souza")


def _negotiate(house, application):
    """Offered, asked for other terms, offered anew, accepted."""
    house.sit("recruiter")
    terms = {"salary": "9500.00", "starts_on": "2031-04-28", "expires_on": "2031-04-20", "letter": LETTER, "benefits": "Meals", "language": "en"}
    people = {"manager": str(house.ids["manager"]), "approver": str(house.ids["executive"]), "location": house.keys["place"], "buddy": ""}
    offer = house.writes(f"{application}/offers/new", **terms, **people)
    first = _approve_and_send(house, offer)
    house.client.get(first)
    house.sends(f"{first}/other-terms", wish="A week later, please, and 9800.")
    house.sit("recruiter")
    page = house.opens(offer, "A week later, please, and 9800.")
    offer = house.sends(f"{offer}/renegotiate", version=hidden(page, "version"), reason="Worth it").removesuffix("/edit")
    house.writes(f"{offer}/edit", salary="9800.00", starts_on="2031-05-05")
    second = _approve_and_send(house, offer)
    house.opens(f"{offer}/versions", "9,500.00", "9,800.00")
    assert house.client.get(first).status_code in (200, 404, 410)
    text = house.opens(second, "9,800.00")
    signed = {"typed_name": "Ana Souza", "agreed": "y", "sha256": hidden(text, "sha256"), "csrf_token": hidden(text, "csrf_token")}
    house.sends(second, **signed)
    house.opens(second, "You accepted on")


def _approve_and_send(house, offer):
    page = house.client.get(offer).text
    house.sends(f"{offer}/ask", version=hidden(page, "version"))
    house.sit("executive")
    house.sends(f"{offer}/approve", version=hidden(house.client.get(offer).text, "version"))
    house.sit("recruiter")
    house.sends(f"{offer}/send", version=hidden(house.client.get(offer).text, "version"))
    return house.link("ana@example.test", "/my-offer/")


NAMES = ("Ana Souza", "Bia Nunes", "Caio Lima", "Dora Pires", "Enzo Rocha", "Flora Braga", "Gil Matos", "Hilda Costa", "Ivo Tavares", "Júlia Reis")


def _open_posting(house):
    house.sit("recruiter")
    posting = an_open_posting(by=get_person(house.ids["recruiter"]), hiring_manager=get_person(house.ids["manager"]))
    session.flush()
    return f"/postings/{posting.public_id}"


def _marks_all(house, application, mark):
    page = house.client.get(f"{application}/screen").text
    for criterion in dict.fromkeys(re.findall(r'name="criterion" value="([0-9a-f-]{36})"', page)):
        house.sends(f"{application}/marks", criterion=criterion, mark=str(mark))


def test_ten_are_screened_by_two_who_do_not_know_their_names(house):
    posting = _open_posting(house)
    page = house.opens(f"{posting}/screening", "Names are shown")
    interview = re.search(r'value="([0-9a-f-]{36})"[^>]*>from “(?:Primeira entrevista|First interview)”', page)
    assert interview
    house.sends(f"{posting}/screening", named_from=interview[1], screeners="2")
    applications = [_apply(house, name, f"{number}@example.test") for number, name in enumerate(NAMES)]
    words = [word for name in NAMES for word in (name, *name.split()[:1])] + [f"{number}@example.test" for number in range(10)]

    def nobody_is_named(*addresses):
        for address in addresses:
            text = house.opens(address)
            assert [word for word in words if re.search(rf"\b{word}\b", text)] == [], address

    everywhere = ["/applications", "/applications?show=all", f"{posting}/board", "/search", *applications]
    house.sit("recruiter")
    nobody_is_named(*everywhere)
    for number, application in enumerate(applications):
        _marks_all(house, application, 4 if number < 2 else 2)
    nobody_is_named(*(f"{application}/screen" for application in applications))
    house.sit("manager")
    assert "Renata Lopes: " not in house.opens(f"{applications[0]}/screen", "You see the marks of others once")
    for number, application in enumerate(applications):
        _marks_all(house, application, 1 if number == 1 else 3)
    nobody_is_named(*(f"{application}/screen" for application in applications))
    house.opens(f"{applications[0]}/screen", "Renata Lopes: 4")
    house.opens(f"{applications[1]}/screen", "you disagree")
    for application in applications[:2]:
        _go_on(house, application, "Triagem|Screening")
        nobody_is_named(application)
        _go_on(house, application, "Primeira entrevista|First interview")
    house.opens(applications[0], "Ana Souza", "0@example.test")
    house.opens(applications[1], "Bia Nunes")
    words[:] = [word for word in words if word not in ("Ana", "Bia", "Ana Souza", "Bia Nunes", "0@example.test", "1@example.test")]
    nobody_is_named(*everywhere, *applications[2:])


def test_of_two_who_choose_the_same_time_one_gets_it_and_the_other_chooses_again(house):
    posting = _open_posting(house)
    asked = []
    for name, address in (("Ana Souza", "ana@example.test"), ("Bia Nunes", "bia@example.test")):
        application = _apply(house, name, address)
        with time_machine.travel(MONDAY - timedelta(days=4), tick=False):
            house.sit("recruiter")
            page = house.client.get(f"{application}/times/new").text
            stage = re.search(r'<option[^>]*value="([0-9a-f-]{36})"[^>]*>(?:Primeira entrevista|First interview)', page)
            fields = filled_in(page) | {"first_day": "2031-03-03", "last_day": "2031-03-03", "rounds-0-stage": stage[1]}
            fields |= {"rounds-0-everybody": [str(house.ids["livia"])], "time_zone": "America/Sao_Paulo"}
            found = house.client.post(f"{application}/times/new", data={**fields, "act": "find"}).text
            times = re.findall(r'name="times"[^>]*value="([^"]+)"', found)
            assert len(times) > 3, "a free day has room"
            house.sends(f"{application}/times/new", **fields, times=[unescape(time) for time in times[::6]], act="offer")
            asked.append(house.link(address, "/times/"))
    with time_machine.travel(MONDAY - timedelta(days=3), tick=False):
        pages = []
        for link in asked:
            with house.client.session_transaction() as cookie:
                cookie.clear()
            pages.append((link, house.opens(link, "Choose a time")))
        first, second = (re.findall(r'name="time"[^>]*value="([^"]+)"', text) for _address, text in pages)
        assert first == second
        house.sends(pages[0][0], time=unescape(first[0]), csrf_token=hidden(pages[0][1], "csrf_token"))
        late = house.client.post(pages[1][0], data={"time": unescape(second[0]), "csrf_token": hidden(pages[1][1], "csrf_token")})
        assert late.status_code == 409
        assert "Someone else has just taken this time" in late.text
        assert second[0] not in re.findall(r'name="time"[^>]*value="([^"]+)"', late.text)
        house.sends(pages[1][0], time=unescape(second[-1]), csrf_token=hidden(pages[1][1], "csrf_token"))
    starts = session.scalars(select(Booking.starts_at).join(Interview, Interview.booking_id == Booking.id).order_by(Booking.starts_at)).all()
    assert [start.isoformat() for start in starts] == sorted(unescape(time) for time in (first[0], second[-1]))
    house.sit("recruiter")
    house.opens(f"{posting}/board")
