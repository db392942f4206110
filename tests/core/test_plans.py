"""PostgreSQL's plans outlive a page, and what was written in a transaction that is given up does not."""

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from core.db import prepare_engine
from tests.databases import Database


def test_what_only_read_leaves_its_plans_behind_and_what_wrote_leaves_nothing(database: Database) -> None:
    engine = create_engine(database.url)
    prepare_engine(engine)
    count = text("SELECT count(*) FROM core_department")
    with engine.connect() as connection:
        for _page in range(8):
            before = connection.execute(count).scalar_one()
            connection.rollback()
        if database.kind == "postgresql":
            kept = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%core_department%'")
            assert connection.execute(kept).scalar_one() == 1
            connection.rollback()
        connection.execute(count)
        connection.execute(text("INSERT INTO core_department (name, public_id) VALUES ('Given up', '7d7b1f5e7d7b4f5e8d7b1f5e7d7b1f5e')"))
        connection.rollback()
        assert connection.execute(count).scalar_one() == before
        try:
            connection.execute(text("SELECT nothing FROM nowhere"))
        except DBAPIError:
            connection.rollback()
        assert connection.execute(count).scalar_one() == before  # and goes on after what failed
    engine.dispose()
