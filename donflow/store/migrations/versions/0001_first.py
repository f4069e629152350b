"""The first tables: journal, users, files, people, tasks."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)

revision = "0001"
down_revision = None

GUARDED = {"journal_event": ("UPDATE", "DELETE"), "journal_head": ("DELETE",)}


def upgrade() -> None:
    op.create_table(
        "constituent",
        Column("id", Integer, primary_key=True),
        Column("kind", String(20), nullable=False),
        Column("name", String(120), nullable=False, index=True),
        Column("other_names", Text, nullable=False),
        Column("gender", String(10)),
        Column("salutation", String(120)),
        Column("representative", String(120)),
        Column("note_code", String(40)),
        Column("birth", String(10)),
        Column("ethnicity", String(20)),
        Column("city", String(40), index=True),
        Column("province", String(20)),
        Column("field_sources", Text, nullable=False),
        Column("former_values", Text, nullable=False),
        Column("died_on", String(10)),
        Column("status", String(20), nullable=False),
        Column("key_id", String(32), nullable=False, unique=True),
        Column("salt", String(32), nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("changed_at", DateTime(timezone=True), nullable=False),
        Column("row_version", Integer, nullable=False),
    )
    op.create_table(
        "instance",
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("identity", String(32), nullable=False),
        Column("held", String(20)),
        Column("drawn_at", DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "journal_head",
        Column("subject_type", String(40), primary_key=True),
        Column("subject_id", Integer, primary_key=True, autoincrement=False),
        Column("event_count", Integer, nullable=False),
        Column("last_hash", String(64), nullable=False),
    )
    op.create_table(
        "request",
        Column("key", String(80), primary_key=True),
        Column("act", String(60), nullable=False),
        Column("arguments", String(64), nullable=False),
        Column("outcome", Text, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "user_account",
        Column("id", Integer, primary_key=True),
        Column("username", String(40), nullable=False, unique=True),
        Column("display_name", String(80), nullable=False),
        Column("active", Boolean, nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("mail", String(254)),
    )
    op.create_table(
        "assignment",
        Column("id", Integer, primary_key=True),
        Column("user_id", Integer, ForeignKey("user_account.id"), nullable=False, index=True),
        Column("role", String(40), nullable=False),
        Column("capacity", String(40)),
        Column("since", Date, nullable=False),
        Column("until", Date),
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
    )
    op.create_table(
        "blob",
        Column("fingerprint", String(64), primary_key=True),
        Column("size", BigInteger, nullable=False),
        Column("kind", String(20), nullable=False),
        Column("name", String(255), nullable=False),
        Column("made_here", Boolean, nullable=False),
        Column("deposited_at", DateTime(timezone=True), nullable=False),
        Column("deposited_by", Integer, ForeignKey("user_account.id")),
    )
    op.create_table(
        "contact_point",
        Column("id", Integer, primary_key=True),
        Column("constituent_id", Integer, ForeignKey("constituent.id"), nullable=False),
        Column("kind", String(20), nullable=False),
        Column("ciphertext", LargeBinary, nullable=False),
        Column("masked", String(200), nullable=False),
        Column("blind", String(64), nullable=False, index=True),
        Column("blind_last4", String(64), index=True),
        Column("source", String(20), nullable=False),
        Column("since", Date, nullable=False),
        Column("confidence", String(20), nullable=False),
        Column("preferred", Boolean, nullable=False),
        Column("salt", String(32), nullable=False),
        UniqueConstraint("constituent_id", "kind", "blind"),
    )
    op.create_table(
        "education",
        Column("id", Integer, primary_key=True),
        Column("constituent_id", Integer, ForeignKey("constituent.id"), nullable=False, index=True),
        Column("degree", String(20)),
        Column("major", String(80), index=True),
        Column("class_no", String(40)),
        Column("enrol_year", Integer, index=True),
        Column("grad_year", Integer, index=True),
        Column("student_no", String(40), index=True),
        Column("salt", String(32), nullable=False),
        Column("source", String(20), nullable=False),
        Column("source_ref", String(120)),
        Column("since", Date, nullable=False),
        Column("confidence", String(20), nullable=False),
    )
    op.create_table(
        "employment",
        Column("id", Integer, primary_key=True),
        Column("constituent_id", Integer, ForeignKey("constituent.id"), nullable=False, index=True),
        Column("employer", String(200)),
        Column("job_title", String(120)),
        Column("current", Boolean, nullable=False),
        Column("salt", String(32), nullable=False),
        Column("source", String(20), nullable=False),
        Column("source_ref", String(120)),
        Column("since", Date, nullable=False),
        Column("confidence", String(20), nullable=False),
    )
    op.create_table(
        "identifier",
        Column("id", Integer, primary_key=True),
        Column("constituent_id", Integer, ForeignKey("constituent.id"), nullable=False),
        Column("kind", String(20), nullable=False),
        Column("plain", String(40)),
        Column("ciphertext", LargeBinary),
        Column("masked", String(40), nullable=False),
        Column("blind", String(64), nullable=False, index=True),
        Column("confirmed", Boolean, nullable=False),
        Column("salt", String(32), nullable=False),
        UniqueConstraint("constituent_id", "kind", "blind"),
    )
    op.create_table(
        "identity_check",
        Column("id", Integer, primary_key=True),
        Column("department", String(120), nullable=False),
        Column("purpose", String(200), nullable=False),
        Column("asked", Integer, nullable=False),
        Column("confirmed", Integer, nullable=False),
        Column("user_id", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("salt", String(32), nullable=False),
    )
    op.create_table(
        "journal_event",
        Column("id", Integer, primary_key=True),
        Column("subject_type", String(40), nullable=False),
        Column("subject_id", Integer, nullable=False),
        Column("seq", Integer, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("user_id", Integer, ForeignKey("user_account.id")),
        Column("acting_role", String(40)),
        Column("on_behalf", Text),
        Column("action", String(60), nullable=False),
        Column("detail", Text, nullable=False),
        Column("written", Text, nullable=False),
        Column("prev", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
        UniqueConstraint("subject_type", "subject_id", "seq"),
    )
    op.create_table(
        "known_header",
        Column("id", Integer, primary_key=True),
        Column("header", String(200), nullable=False, unique=True),
        Column("column", String(40)),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
    )
    op.create_table(
        "liaison_post",
        Column("id", Integer, primary_key=True),
        Column("constituent_id", Integer, ForeignKey("constituent.id"), nullable=False, index=True),
        Column("class_label", String(120), nullable=False, index=True),
        Column("from_on", Date, nullable=False),
        Column("until_on", Date),
        Column("ended_on", Date),
        Column("letter_no", String(40), unique=True),
        Column("words", LargeBinary),
        Column("salt", String(32), nullable=False),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
    )
    op.create_table(
        "merge",
        Column("id", Integer, primary_key=True),
        Column("absorbed_id", Integer, ForeignKey("constituent.id"), nullable=False, unique=True),
        Column("survivor_id", Integer, ForeignKey("constituent.id"), nullable=False, index=True),
        Column("by_rule", String(40)),
        Column("evidence", Text, nullable=False),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
    )
    op.create_table(
        "proposed_act",
        Column("id", Integer, primary_key=True),
        Column("act", String(60), nullable=False),
        Column("arguments", Text, nullable=False),
        Column("digest", String(64), nullable=False),
        Column("asked_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("asked_as", String(60), nullable=False),
        Column("asked_at", DateTime(timezone=True), nullable=False),
        Column("until", DateTime(timezone=True), nullable=False),
        Column("settled_by", Integer, ForeignKey("user_account.id")),
        Column("settled_as", String(60)),
        Column("settled_at", DateTime(timezone=True)),
        Column("outcome", String(20), index=True),
    )
    op.create_table(
        "relation",
        Column("id", Integer, primary_key=True),
        Column("from_id", Integer, ForeignKey("constituent.id"), nullable=False),
        Column("kind", String(20), nullable=False),
        Column("to_id", Integer, ForeignKey("constituent.id"), nullable=False, index=True),
        UniqueConstraint("from_id", "kind", "to_id"),
    )
    op.create_table(
        "reveal",
        Column("id", Integer, primary_key=True),
        Column("constituent_id", Integer, ForeignKey("constituent.id"), nullable=False, index=True),
        Column("kind", String(20), nullable=False),
        Column("reason", String(200), nullable=False),
        Column("user_id", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("salt", String(32), nullable=False),
    )
    op.create_table(
        "roster_export",
        Column("id", Integer, primary_key=True),
        Column("form", String(10), nullable=False),
        Column("full", Boolean, nullable=False),
        Column("columns", Text, nullable=False),
        Column("selection", Text, nullable=False),
        Column("reason", String(200)),
        Column("numbers", Text),
        Column("agreed_at", DateTime(timezone=True)),
        Column("written_at", DateTime(timezone=True)),
        Column("people", Integer),
        Column("left_out", Integer),
        Column("salt", String(32), nullable=False),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
    )
    op.create_table(
        "roster_import",
        Column("id", Integer, primary_key=True),
        Column("file_name", String(200), nullable=False),
        Column("fingerprint", String(64), nullable=False, index=True),
        Column("source", String(20), nullable=False),
        Column("as_of", Date, nullable=False),
        Column("headers", Text, nullable=False),
        Column("salt", String(32), nullable=False),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
    )
    op.create_table(
        "segment_member",
        Column("id", Integer, primary_key=True),
        Column("constituent_id", Integer, ForeignKey("constituent.id"), nullable=False),
        Column("segment", String(20), nullable=False, index=True),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
        UniqueConstraint("constituent_id", "segment"),
    )
    op.create_table(
        "workflow_version",
        Column("id", Integer, primary_key=True),
        Column("version", String(64), nullable=False, index=True),
        Column("content", String, nullable=False),
        Column("activated_at", DateTime(timezone=True), nullable=False),
        Column("activated_by", Integer, ForeignKey("user_account.id")),
    )
    op.create_table(
        "consent",
        Column("id", Integer, primary_key=True),
        Column("constituent_id", Integer, ForeignKey("constituent.id"), nullable=False, index=True),
        Column("purpose", String(40), nullable=False),
        Column("channel", String(20), nullable=False),
        Column("decision", String(20), nullable=False),
        Column("stated_on", Date, nullable=False),
        Column("evidence", String(64), ForeignKey("blob.fingerprint")),
        Column("notice_version", String(40)),
    )
    op.create_table(
        "imported_sheet",
        Column("id", Integer, primary_key=True),
        Column("import_id", Integer, ForeignKey("roster_import.id"), nullable=False),
        Column("title", String(120), nullable=False),
        Column("digest", String(64), nullable=False, index=True),
        Column("people", Integer, nullable=False),
        Column("added", Integer, nullable=False),
        Column("joined", Integer, nullable=False),
        Column("proposed", Integer, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("salt", String(32), nullable=False),
        UniqueConstraint("import_id", "title"),
    )
    op.create_table(
        "proposal",
        Column("id", Integer, primary_key=True),
        Column("kind", String(20), nullable=False),
        Column("constituent_id", Integer, ForeignKey("constituent.id"), nullable=False, index=True),
        Column("other_id", Integer, ForeignKey("constituent.id"), index=True),
        Column("import_id", Integer, ForeignKey("roster_import.id"), index=True),
        Column("score", Integer),
        Column("evidence", Text, nullable=False),
        Column("ciphertext", LargeBinary),
        Column("told_digests", Text, nullable=False),
        Column("made_at", DateTime(timezone=True), nullable=False),
        Column("status", String(20), nullable=False, index=True),
        Column("settled_at", DateTime(timezone=True)),
        Column("settled_by", Integer, ForeignKey("user_account.id")),
        Column("salt", String(32), nullable=False),
        Column("source", String(20), nullable=False),
        Column("source_ref", String(120)),
        Column("since", Date, nullable=False),
        Column("confidence", String(20), nullable=False),
    )
    op.create_table(
        "task",
        Column("id", Integer, primary_key=True),
        Column("key", String(80), nullable=False, unique=True),
        Column("kind", String(40), nullable=False),
        Column("subject_type", String(40), nullable=False),
        Column("subject_id", Integer, nullable=False, index=True),
        Column("owner", String(40), nullable=False),
        Column("due_on", Date, nullable=False, index=True),
        Column("planned_at", DateTime(timezone=True), nullable=False),
        Column("done_at", DateTime(timezone=True)),
        Column("done_by", Integer, ForeignKey("user_account.id")),
        Column("outcome", String(40)),
        Column("reason", String),
        Column("evidence", String(64), ForeignKey("blob.fingerprint")),
    )
    _protect_journal()


def _protect_journal() -> None:
    """Events are only added; the head of a chain is never taken away."""
    if op.get_bind().dialect.name == "sqlite":
        for table, acts in GUARDED.items():
            for act in acts:
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal only grows' USING ERRCODE = '23000'; END $$"
    )
    for table, acts in GUARDED.items():
        # A statement's trigger refuses it even where it would touch no row; TRUNCATE has no other.
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE {' OR '.join(acts)} OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows()"
        )
