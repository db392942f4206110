"""Workers killed while they write the mails of the morning: everybody is told of their required training once."""

from typing import Any

import pytest
from sqlalchemy import delete, func, select

from core.db import session, transaction
from core.jobs.models import Job
from core.jobs.queue import enqueue
from core.mail.models import OutgoingMail
from tests.factories import make_employment, make_person
from tests.faults.test_killed_worker import Installation, SlowServer, _kill, installation, server, until
from tests.training.situations import a_learner
from training.reminders.models import TrainingReminder

__all__ = ["SlowServer", "installation", "server"]  # fixtures of the file beside this one
pytestmark = pytest.mark.fault
PEOPLE, AT_ONCE = 40, 5


@pytest.mark.sqlite_only
def test_reminders_whose_worker_is_killed_reach_everybody_once(installation: Installation) -> None:
    with installation.app.app_context(), transaction():
        learner = a_learner()  # due in thirty days
        keys = []
        for number in range(PEOPLE):
            person = make_person(f"Person {number}")
            make_employment(person, job_role=learner.job_role)
            keys.append(person.id)
        session.execute(delete(Job))
        for first in range(0, PEOPLE, AT_ONCE):
            enqueue("onboarding.write_digests", arguments={"keys": keys[first : first + AT_ONCE]})

    def count(query: Any) -> int:
        with installation.app.app_context():
            found = session.scalar(query) or 0
            session.rollback()
            return int(found)

    told = select(func.count()).select_from(TrainingReminder)
    worker = installation.start_worker()
    until(lambda: count(told) > 0, "some are told", pause=0.02)
    _kill(worker)
    assert 0 < count(told) < PEOPLE
    installation.start_worker()
    until(lambda: count(told) >= PEOPLE, "everybody is told")
    mails = select(func.count(OutgoingMail.person_id.distinct()), func.count()).where(OutgoingMail.name == "onboarding_digest")
    with installation.app.app_context():
        assert tuple(session.execute(mails).one()) == (PEOPLE, PEOPLE)
        twice = select(TrainingReminder.recipient_id).group_by(TrainingReminder.recipient_id).having(func.count() > 1)
        assert not session.scalars(twice.order_by(TrainingReminder.recipient_id)).all()
