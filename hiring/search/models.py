"""One document per application, and the index over it that each database keeps by itself."""

from datetime import datetime

from sqlalchemy import DDL, ForeignKey, Index, event, text
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base


class SearchDocument(Base):
    """An application as our tokens. `resume_read` tells whether the text of the résumé was there (or will never be)."""

    __tablename__ = "hiring_search_document"
    __table_args__ = (
        Index(
            "ix_hiring_search_document_unread",
            "application_id",
            sqlite_where=text("NOT resume_read"),
            postgresql_where=text("NOT resume_read"),
        ),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("hiring_application.id"), primary_key=True, autoincrement=False)
    words: Mapped[str]
    resume_read: Mapped[bool] = mapped_column(default=False)
    indexed_at: Mapped[datetime] = mapped_column(default=now)


# What follows is made beside the table and is no part of the models: SQLite's FTS5 table with its shadow tables, kept in step
# by triggers, and PostgreSQL's stored tsvector with its GIN index. All their names begin alike, for migrations to leave them alone.
INDEX = "hiring_search_index"
_GONE = f"INSERT INTO {INDEX} ({INDEX}, rowid, words) VALUES ('delete', old.application_id, old.words);"
_HERE = f"INSERT INTO {INDEX} (rowid, words) VALUES (new.application_id, new.words);"
SQLITE_INDEX = [
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5(words, content='hiring_search_document', content_rowid='application_id', tokenize='ascii')",
    f"CREATE TRIGGER {INDEX}_added AFTER INSERT ON hiring_search_document BEGIN {_HERE} END",
    f"CREATE TRIGGER {INDEX}_removed AFTER DELETE ON hiring_search_document BEGIN {_GONE} END",
    f"CREATE TRIGGER {INDEX}_changed AFTER UPDATE OF words ON hiring_search_document BEGIN {_GONE} {_HERE} END",
]
SQLITE_INDEX_GONE = [*(f"DROP TRIGGER IF EXISTS {INDEX}_{what}" for what in ("added", "removed", "changed")), f"DROP TABLE IF EXISTS {INDEX}"]
POSTGRESQL_INDEX = [
    f"ALTER TABLE hiring_search_document ADD COLUMN {INDEX} tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, words)) STORED",
    # what is new waits in a list that every search reads through, until there are so many kB of it
    f"CREATE INDEX {INDEX}_words ON hiring_search_document USING gin ({INDEX}) WITH (gin_pending_list_limit = 256)",
    f"ALTER TABLE hiring_search_document ALTER COLUMN {INDEX} SET STATISTICS 1000",
]
for statement in SQLITE_INDEX:
    event.listen(SearchDocument.__table__, "after_create", DDL(statement).execute_if(dialect="sqlite"))
for statement in SQLITE_INDEX_GONE:
    event.listen(SearchDocument.__table__, "before_drop", DDL(statement).execute_if(dialect="sqlite"))
for statement in POSTGRESQL_INDEX:
    event.listen(SearchDocument.__table__, "after_create", DDL(statement).execute_if(dialect="postgresql"))
