"""Forms, signatures, meetings, requests, documents that lapse, and policies that are asked again."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from core.audit.models import AuditEvent
from core.audit.record import forget_key
from core.calendars.booking import Attendee, book
from core.calendars.models import BookingKind
from core.calendars.queries import attendees_of
from core.clock import now, today
from core.db import db, session
from core.mail.models import OutgoingMail
from core.people.choosing import text_of
from core.people.models import Person
from core.people.queries import find_employment, get_person
from core.people.rights import Role
from onboarding.changes.actions import apply_difference, change_manager
from onboarding.checklists.beginning import begin_checklist
from onboarding.checklists.models import Task, TaskState
from onboarding.checklists.queries import get_checklist
from onboarding.checklists.reopening import reopen_what_lapsed
from onboarding.meetings.queries import find_meeting
from onboarding.policies.actions import hash_of, publish_version
from onboarding.policies.queries import get_policy
from onboarding.task_forms.fields import FieldKind, FormField
from onboarding.task_forms.models import TaskAnswer
from onboarding.templates.actions import Match, TaskText, describe_template
from onboarding.templates.models import Part, Phase, TaskKind
from onboarding.templates.queries import get_template, templates
from tests.factories import make_employment
from tests.onboarding.test_template_rules import written
from tests.situations import Onboarding, a_colleague, a_company, a_pdf, a_place, a_running_checklist

SignIn = Callable[[Person], Person]
FIELDS = [
    FormField("bank", "Bank account", FieldKind.SHORT, sensitive=True),
    FormField("shirt", "Size of shirt", FieldKind.ONE_OF, choices=("S", "M")),
    FormField("born", "Born on", FieldKind.DATE, required=False),
    FormField("children", "Children", FieldKind.NUMBER, required=False),
    FormField("drives", "Do you drive?", FieldKind.YES_NO),
    FormField("about", "About you", FieldKind.LONG, required=False),
]
ACCOUNT = "0001-98765432"
FILLED = {
    "answer-bank": ACCOUNT,
    "answer-shirt": "M",
    "answer-born": "1990-02-03",
    "answer-children": "2",
    "answer-drives": "yes",
    "answer-about": "",
}


def begun(*texts: TaskText) -> Onboarding:
    """An onboarding with exactly these tasks, with manager, buddy and human resources."""
    a_company()
    hr, manager = a_colleague("Helena Prado", Role.HR), a_colleague("Marcos Vidal", Role.MANAGER)
    buddy, new_hire = a_colleague("Caio Lins", Role.BUDDY), a_colleague("Nina Alves", Role.NEW_HIRE)
    written("Everybody", *texts, hr=hr)
    employment = make_employment(new_hire, manager=manager, location=a_place(), starts_on=today())
    checklist = begin_checklist(new_hire, employment=employment, manager=manager, buddy=buddy, by=get_person(hr.public_id))
    session.flush()
    return Onboarding(checklist, new_hire, manager, buddy, get_person(hr.public_id))


def post(client: FlaskClient, task: Task, act: str, **data: Any) -> Any:
    return client.post(f"/onboarding/tasks/{task.public_id}/{act}", data=data)


def shown(client: FlaskClient, task: Task) -> str:
    return client.get(f"/onboarding/tasks/{task.public_id}").text


def test_a_form_is_kept_for_later_then_sent_and_what_cannot_be_is_refused_at_its_field(client: FlaskClient, sign_in: SignIn) -> None:
    found = begun(TaskText("Tell us about you", Phase.DAY_ONE, kind=TaskKind.FORM, fields=FIELDS, key="form"))
    sign_in(found.new_hire)
    assert client.post(f"/onboarding/tasks/{found.task('form').public_id}/tick").status_code == 403
    assert post(client, found.task("form"), "fill-in", **{"answer-bank": ACCOUNT, "later": "yes"}).status_code == 302
    assert found.task("form").state is TaskState.OPEN
    assert ACCOUNT in shown(client, found.task("form"))  # theirs while it is open
    for wrong, sentence in (
        ({"answer-shirt": ""}, "“Size of shirt” is needed."),
        ({"answer-shirt": "XXL"}, "Choose one of the answers"),
        ({"answer-born": "yesterday"}, "has to be a day"),
        ({"answer-born": "0001-01-01"}, "has to be a day"),
        ({"answer-children": "two"}, "has to be a number"),
        ({"answer-children": "²"}, "has to be a number"),
        ({"answer-drives": "perhaps"}, "Choose one of the answers"),
        ({"answer-bank": "x" * 300}, "is too long"),
    ):
        answer = post(client, found.task("form"), "fill-in", **{**FILLED, **wrong})
        assert answer.status_code == 422, wrong
        assert sentence in answer.text, wrong
    assert post(client, found.task("form"), "fill-in", **FILLED).status_code == 302
    assert found.task("form").state is TaskState.DONE
    assert post(client, found.task("form"), "fill-in", **FILLED).status_code == 409


def test_a_sensitive_answer_is_encrypted_and_read_by_human_resources_alone(client: FlaskClient, sign_in: SignIn) -> None:
    found = begun(TaskText("Tell us about you", Phase.DAY_ONE, kind=TaskKind.FORM, fields=FIELDS, key="form"))
    nina, manager, hr = found.new_hire, found.manager, found.hr
    sign_in(nina)
    post(client, found.task("form"), "fill-in", **FILLED)
    page = shown(client, found.task("form"))
    assert ACCOUNT not in page  # sent: no longer shown, not even to who wrote it
    assert "Only human resources reads this." in page
    kept = session.scalars(select(TaskAnswer).where(TaskAnswer.field == "bank")).one()
    assert kept.is_encrypted
    assert ACCOUNT not in kept.value
    trail = [f"{event.changes} {event.reason}" for event in session.scalars(select(AuditEvent))]
    mails = [f"{mail.subject} {mail.__dict__}" for mail in session.scalars(select(OutgoingMail))]
    assert not [text for text in [*trail, *mails] if ACCOUNT in text]
    for other in (manager, a_colleague("Aldo Reis", Role.AUDITOR)):
        sign_in(get_person(other.public_id))
        page = shown(client, found.task("form"))
        assert ACCOUNT not in page
        assert "<dd>M</dd>" in page  # what is not sensitive
    sign_in(hr)
    assert ACCOUNT in shown(client, found.task("form"))
    assert post(client, found.task("form"), "reopen").status_code == 302
    sign_in(nina)
    assert ACCOUNT in shown(client, found.task("form"))
    forget_key(nina)
    session.expire_all()
    sign_in(get_person(hr.public_id))
    assert ACCOUNT not in shown(client, found.task("form"))


def test_another_of_a_team_who_may_not_read_a_sensitive_answer_does_not_empty_it(client: FlaskClient, sign_in: SignIn) -> None:
    found = begun(TaskText("Payroll", Phase.DAY_ONE, kind=TaskKind.FORM, part=Part.IT, fields=FIELDS[:2], key="form"))
    ana, bia = a_colleague("Ana Dias", Role.ADMINISTRATOR), a_colleague("Bia Luz", Role.ADMINISTRATOR)
    sign_in(ana)
    post(client, found.task("form"), "fill-in", **{"answer-bank": ACCOUNT, "answer-shirt": "M", "later": "yes"})
    sign_in(bia)
    assert ACCOUNT not in shown(client, found.task("form"))
    assert post(client, found.task("form"), "fill-in", **{"answer-bank": "", "answer-shirt": "S"}).status_code == 302
    sign_in(found.hr)
    assert ACCOUNT in shown(client, found.task("form"))


def test_a_document_is_signed_with_ones_name_sealed_and_can_be_checked_by_anybody(
    client: FlaskClient, sign_in: SignIn, sign_out: Callable[[], None]
) -> None:
    letter = "# Contract\n\nI, **{{name}}**, begin as {{position}} at {{company}} on {{start_date}}."
    found = begun(TaskText("Sign the contract", Phase.DAY_ONE, kind=TaskKind.SIGNATURE, letter=letter, key="sign"))
    nina, manager, hr = found.new_hire, found.manager, found.hr
    sign_in(nina)
    page = shown(client, found.task("sign"))
    assert "Nina Alves" in page
    assert "Banco Aurora" in page
    sha256 = re.findall(r'name="sha256"[^>]*value="([0-9a-f]{64})"', page)[0]
    assert post(client, found.task("sign"), "tick").status_code == 403
    assert post(client, found.task("sign"), "sign", typed_name="Somebody Else", sha256=sha256).status_code == 422
    assert post(client, found.task("sign"), "sign", typed_name="Nina Alves", sha256="0" * 64).status_code == 409
    assert post(client, found.task("sign"), "sign", typed_name=" nina  ALVES ", sha256=sha256).status_code == 302
    assert found.task("sign").state is TaskState.DONE
    assert post(client, found.task("sign"), "sign", typed_name="Nina Alves", sha256=sha256).status_code == 409
    assert post(client, found.task("sign"), "reopen").status_code == 409  # a signature stands
    page = shown(client, found.task("sign"))
    code = re.findall(r"/verify/([0-9A-Z-]+)", page)[0]
    address = f"/onboarding/tasks/{found.task('sign').public_id}/signed"
    assert client.get(address).data.startswith(b"%PDF")
    sign_in(manager)
    assert client.get(address).status_code == 404
    assert "begin as" not in shown(client, found.task("sign"))
    sign_in(hr)
    assert client.get(address).status_code == 200
    sign_out()
    assert "Valid" in client.get(f"/verify/{code}").text


def test_a_receipt_waits_for_what_was_handed_over_and_names_it(client: FlaskClient, sign_in: SignIn) -> None:
    found = begun(
        TaskText("Laptop", Phase.DAY_ONE, kind=TaskKind.REQUEST, part=Part.IT, item='Laptop [14"]', key="laptop"),
        TaskText("Sign the receipt", Phase.DAY_ONE, kind=TaskKind.SIGNATURE, letter="I received: {{items}}.", key="receipt"),
    )
    nina, admin = found.new_hire, a_colleague("Ana Dias", Role.ADMINISTRATOR)
    sign_in(nina)
    assert "This cannot be signed yet. Missing: The equipment and access received." in shown(client, found.task("receipt"))
    assert post(client, found.task("receipt"), "sign", typed_name="Nina Alves", sha256="0" * 64).status_code == 422
    assert post(client, found.task("laptop"), "grant", note="mine").status_code == 403
    sign_in(admin)
    assert post(client, found.task("laptop"), "grant", note="SN 4711").status_code == 302
    assert post(client, found.task("laptop"), "grant", note="SN 4712").status_code == 409
    assert found.task("laptop").state is TaskState.DONE
    page = shown(client, found.task("laptop"))
    assert "SN 4711: given by Ana Dias" in page
    sign_in(nina)
    page = shown(client, found.task("receipt"))
    assert "Laptop [14&#34;] (SN 4711)" in page or 'Laptop [14"] (SN 4711)' in page
    sign_in(get_person(admin.public_id))
    assert post(client, found.task("laptop"), "revoke", reason="").status_code == 422
    assert post(client, found.task("laptop"), "revoke", reason="Left the bank.").status_code == 302
    assert post(client, found.task("laptop"), "revoke", reason="Again.").status_code == 409
    assert "Left the bank." in shown(client, found.task("laptop"))


def test_a_meeting_the_templates_ask_for_no_more_is_cancelled_in_both_calendars(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    found = begun(TaskText("Talk about 90 days", Phase.DAY_ONE, kind=TaskKind.MEETING, part=Part.MANAGER, key="talk"))
    sign_in(found.manager)
    starts = (now() + timedelta(days=3)).replace(hour=17, minute=0)
    assert post(client, found.task("talk"), "meet", starts=f"{starts:%Y-%m-%dT%H:%M}", minutes=45).status_code == 302
    template = get_template(templates()[0].public_id)
    describe_template(template, name=template.name, match=Match(), is_active=False, version=template.version, by=get_person(found.hr.public_id))
    employment = find_employment(found.new_hire, on=today())
    assert employment is not None
    apply_difference(found.checklist, employment, by=get_person(found.hr.public_id))
    assert found.task("talk").state is TaskState.WAIVED
    for person in (found.new_hire, found.manager):
        assert [mail.name for mail in mailbox.to(person)][-1] == "calendar_cancellation"


def test_a_meeting_invites_both_moves_and_is_done_once_it_was_held(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    found = begun(TaskText("Talk about 90 days", Phase.DAY_ONE, kind=TaskKind.MEETING, part=Part.MANAGER, minutes=45, key="talk"))
    nina, manager = found.new_hire, found.manager
    starts = (now() + timedelta(days=3)).replace(hour=17, minute=0)
    given = {"starts": f"{starts:%Y-%m-%dT%H:%M}", "minutes": 45, "place": "Room 2", "meeting_url": ""}
    sign_in(nina)
    assert post(client, found.task("talk"), "meet", **given).status_code == 403
    sign_in(manager)
    assert post(client, found.task("talk"), "meet/held").status_code == 409  # no time is set
    assert post(client, found.task("talk"), "meet", **{**given, "starts": "2020-01-01T10:00"}).status_code == 422
    assert post(client, found.task("talk"), "meet", **{**given, "meeting_url": "javascript:alert(1)"}).status_code == 422
    assert post(client, found.task("talk"), "meet", **given).status_code == 302
    assert "Talk about 90 days" in mailbox.to(nina)[-1].subject
    assert "Talk about 90 days" in mailbox.to(manager)[-1].subject
    assert post(client, found.task("talk"), "meet/held").status_code == 409  # it has not begun
    later = starts + timedelta(days=1)
    assert post(client, found.task("talk"), "meet", starts=f"{later:%Y-%m-%dT%H:%M}", minutes=30).status_code == 302
    assert post(client, found.task("talk"), "meet/cancel", reason="").status_code == 422
    with time_machine.travel(later + timedelta(hours=5), tick=False):
        sign_in(manager)
        assert post(client, found.task("talk"), "meet/held").status_code == 302
        assert post(client, found.task("talk"), "meet/held").status_code == 302  # a double tap is friendly
        assert found.task("talk").state is TaskState.DONE


def test_a_meeting_at_a_taken_time_is_refused_with_who_and_when_and_a_waiver_gives_its_time_back(client: FlaskClient, sign_in: SignIn) -> None:
    texts = [TaskText(name, Phase.DAY_ONE, kind=TaskKind.MEETING, part=Part.MANAGER, required=False) for name in ("First", "Second")]
    found = begun(*texts)
    starts = (now() + timedelta(days=3)).replace(hour=17, minute=0)
    given = {"starts": f"{starts:%Y-%m-%dT%H:%M}", "minutes": 45, "place": "", "meeting_url": ""}
    sign_in(found.manager)
    assert post(client, found.task("first"), "meet", **given).status_code == 302
    answer = post(client, found.task("second"), "meet", **given)
    assert answer.status_code == 409
    assert "Nina Alves" in answer.text or "Marcos Vidal" in answer.text
    assert given["starts"] in answer.text  # what was typed is still there
    sign_in(found.hr)
    waive = {"kind": "waived", "why": "Nobody needs it.", "until": str(today() + timedelta(days=30))}
    assert post(client, found.task("first"), "waive", **waive).status_code == 302
    sign_in(found.manager)
    assert post(client, found.task("second"), "meet", **given).status_code == 302


def test_a_document_that_lapses_asks_for_its_day_and_opens_again_before_it(client: FlaskClient, sign_in: SignIn) -> None:
    found = begun(TaskText("Bring your identity card", Phase.DAY_ONE, kind=TaskKind.DOCUMENT, asks_expiry=True, key="card"))
    nina, hr, expires = found.new_hire, found.hr, today() + timedelta(days=100)

    def bring(**given: Any) -> Any:
        data = {"file": (BytesIO(a_pdf()), "rg.pdf"), **given}
        return client.post(f"/onboarding/tasks/{found.task('card').public_id}/hand-in", data=data, content_type="multipart/form-data")

    sign_in(nina)
    assert bring().status_code == 422
    assert bring(valid_until=str(today())).status_code == 422
    assert bring(valid_until=str(expires)).status_code == 302
    sign_in(hr)
    assert post(client, found.task("card"), "accept", version=found.task("card").version).status_code == 302
    assert found.checklist.state.value == "done"
    assert "Document valid until" in shown(client, found.task("card"))
    with time_machine.travel(now() + timedelta(days=69), tick=False):
        assert reopen_what_lapsed() == 0
    with time_machine.travel(now() + timedelta(days=70), tick=False):
        assert reopen_what_lapsed() == 1
        assert reopen_what_lapsed() == 0
        task = found.task("card")
        assert (task.state, task.due_on, found.checklist.state.value) == (TaskState.OPEN, expires, "running")
        sign_in(nina)
        assert "The document lapses soon." in shown(client, task)
        assert bring(valid_until=str(expires + timedelta(days=3650))).status_code == 302


def test_a_new_text_of_a_policy_asks_those_again_who_had_to_acknowledge_it(client: FlaskClient, sign_in: SignIn) -> None:
    found = a_running_checklist()
    nina, hr = found.new_hire, found.hr
    sign_in(nina)
    post(client, found.task("policy"), "acknowledge", typed_name="Nina Alves", sha256=hash_of("Be honest."))
    task = found.task("policy")
    assert task.policy is not None
    policy = get_policy(task.policy.public_id)
    publish_version(policy, text="Be honest!", summary="Spelling", number=1, asks_again=False, by=get_person(hr.public_id))
    assert reopen_what_lapsed() == 0
    publish_version(policy, text="Be honest and kind.", summary="Kindness", number=2, by=get_person(hr.public_id))
    assert reopen_what_lapsed() == 1
    assert reopen_what_lapsed() == 0
    sign_in(nina)
    page = shown(client, found.task("policy"))
    assert "Be honest and kind." in page
    assert "There is a newer text of the policy." in page
    assert post(client, found.task("policy"), "acknowledge", typed_name="Nina Alves", sha256=hash_of("Be honest and kind.")).status_code == 302
    assert reopen_what_lapsed() == 0
    assert found.task("policy").state is TaskState.DONE


def test_a_review_is_not_ticked_by_hand(client: FlaskClient, sign_in: SignIn) -> None:
    from onboarding.moments import Moment

    found = begun(TaskText("Look back", Phase.DAY_30, kind=TaskKind.REVIEW, part=Part.MANAGER, moment=Moment.DAY_30, offset_days=20, key="review"))
    sign_in(found.manager)
    assert post(client, found.task("review"), "tick").status_code == 403
    assert "Review after 30 days" in shown(client, found.task("review"))


def test_a_cancelled_onboarding_takes_nothing_more_and_gives_back_the_times_of_its_meetings(
    client: FlaskClient, sign_in: SignIn, mailbox: Any
) -> None:
    talk = TaskText("Talk", Phase.DAY_ONE, kind=TaskKind.MEETING, part=Part.MANAGER, key="talk")
    found = begun(talk, TaskText("Tell us", Phase.DAY_ONE, kind=TaskKind.FORM, fields=FIELDS, key="form"))
    nina, starts = found.new_hire, (now() + timedelta(days=3)).replace(hour=17, minute=0)
    given = {"starts": f"{starts:%Y-%m-%dT%H:%M}", "minutes": 45, "place": "", "meeting_url": ""}
    sign_in(found.manager)
    post(client, found.task("talk"), "meet", **given)
    sign_in(found.hr)
    assert client.post(f"/onboarding/{found.checklist.public_id}/cancel", data={"reason": "Took another offer."}).status_code == 302
    assert "cancel" in mailbox.to(nina)[-1].subject.casefold()
    assert post(client, found.task("talk"), "meet", **given).status_code == 409
    sign_in(nina)
    assert post(client, found.task("form"), "fill-in", **{**FILLED, "later": "yes"}).status_code == 409


def test_the_page_of_every_kind_of_task_and_the_lists_cost_few_statements(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    texts = [
        TaskText("Form", Phase.DAY_ONE, kind=TaskKind.FORM, fields=FIELDS),
        TaskText("Sign", Phase.DAY_ONE, kind=TaskKind.SIGNATURE, letter="{{name}} {{items}}", waits_for=["form"]),
        TaskText("Meet", Phase.DAY_ONE, kind=TaskKind.MEETING, part=Part.MANAGER, waits_for=["form"]),
        TaskText("Grant", Phase.DAY_ONE, kind=TaskKind.REQUEST, part=Part.HR, item="Laptop", waits_for=["meet"]),
        TaskText("Card", Phase.DAY_ONE, kind=TaskKind.DOCUMENT, asks_expiry=True),
    ]
    found = begun(*texts)
    sign_in(found.hr)
    addresses = [f"/onboarding/tasks/{found.task(key).public_id}" for key in ("form", "sign", "meet", "grant", "card")]
    for address in [*addresses, f"/onboarding/{found.checklist.public_id}", "/onboarding/tasks", "/onboarding/templates"]:
        client.get(address)  # what was done above is written now
        found_statements = statements(client, address)
        assert len(found_statements) <= 12, (address, found_statements)


def statements(client: FlaskClient, address: str) -> list[str]:
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            heard.append(statement)

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
    return heard


def a_planned_meeting(client: FlaskClient, sign_in: SignIn) -> tuple[Onboarding, Any]:
    """A meeting of the new hire with the manager tomorrow at two."""
    found = begun(TaskText("Talk about 90 days", Phase.DAY_ONE, kind=TaskKind.MEETING, part=Part.MANAGER, key="talk"))
    sign_in(found.manager)
    starts = (now() + timedelta(days=1)).replace(hour=14, minute=0)
    assert post(client, found.task("talk"), "meet", starts=f"{starts:%Y-%m-%dT%H:%M}", minutes=45, place="Room 2", meeting_url="").status_code == 302
    return found, find_meeting(found.task("talk"))


def test_a_meeting_goes_along_to_the_new_manager_and_both_calendars_are_told(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    found, booked = a_planned_meeting(client, sign_in)
    new = a_colleague("Olívia Paz", Role.MANAGER)
    hr = get_person(found.hr.public_id)
    change_manager(get_checklist(found.checklist.public_id, viewer=hr), new, by=hr)
    assert {row.person_id for row in attendees_of(booked)} == {found.new_hire.id, new.id}
    assert "calendar_cancellation" in [mail.name for mail in mailbox.to(found.manager)]
    assert "calendar_invitation" in [mail.name for mail in mailbox.to(new)]


def test_a_meeting_whose_new_host_is_busy_is_called_off(client: FlaskClient, sign_in: SignIn, mailbox: Any) -> None:
    found, booked = a_planned_meeting(client, sign_in)
    new = a_colleague("Olívia Paz", Role.MANAGER)
    times = {"starts_at": booked.starts_at, "ends_at": booked.ends_at, "time_zone": "America/Sao_Paulo"}
    book("Busy", kind=BookingKind.BLOCK, **times, attendees=[Attendee(new)], organiser=new, by=new)
    sign_in(found.hr)
    task = found.task("talk")
    data = {"title": task.title, "due_on": task.due_on.isoformat(), "owner": text_of(new), "version": task.version}
    make_employment(new, location=a_place())
    assert client.post(f"/onboarding/tasks/{task.public_id}/edit", data=data).status_code == 302
    assert find_meeting(found.task("talk")) is None
    told = [mail.text for mail in mailbox.to(found.manager) if mail.name == "calendar_cancellation"]
    assert ["is busy then" in text for text in told] == [True]


def test_another_first_day_names_the_meetings_before_it(client: FlaskClient, sign_in: SignIn) -> None:
    found, _booked = a_planned_meeting(client, sign_in)
    sign_in(found.hr)
    address = f"/people/{found.new_hire.public_id}/first-day"
    later = (today() + timedelta(days=9)).isoformat()
    text = client.post(address, data={"starts_on": later}).text
    assert "Meetings are planned before the new first day" in text and "Talk about 90 days" in text
