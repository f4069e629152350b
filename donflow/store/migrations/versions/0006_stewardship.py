"""The tables of letters, rhythms and contacts."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "clock_reading",
        Column("host", String(80), primary_key=True),
        Column("ticked_at", DateTime(timezone=True), nullable=False),
        Column("brake", String(20)),
    )
    op.create_table(
        "card_suggestion",
        Column("id", Integer, primary_key=True),
        Column("constituent_id", Integer, ForeignKey("constituent.id"), index=True),
        Column("occasion", String(40)),
        Column("on", Date, nullable=False),
        Column("text", String, nullable=False),
        Column("answer", String),
        Column("answered_on", Date),
        Column("answered_by", Integer, ForeignKey("user_account.id")),
        Column("salt", String(32), nullable=False),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
    )
    op.create_table(
        "condolence",
        Column("id", Integer, primary_key=True),
        Column("constituent_id", Integer, ForeignKey("constituent.id"), nullable=False, index=True),
        Column("for_id", Integer, ForeignKey("constituent.id")),
        Column("on", Date, nullable=False),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
    )
    op.create_table(
        "greeting_wish",
        Column("constituent_id", Integer, ForeignKey("constituent.id"), primary_key=True),
        Column("lunar_birthday", Boolean, nullable=False),
        Column("leap_day", String(10), nullable=False),
        Column("timezone", String(40)),
        Column("channel", String(12)),
        Column("quiet_until", Date),
        Column("joint", Boolean, nullable=False),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
    )
    op.create_table(
        "letter_batch",
        Column("id", Integer, primary_key=True),
        Column("occasion", String(40), nullable=False),
        Column("on_day", Date, nullable=False),
        Column("no", Integer, nullable=False),
        Column("letters", Integer, nullable=False),
        Column("forecast", Integer),
        Column("approved_at", DateTime(timezone=True)),
        Column("approved_by", Integer, ForeignKey("user_account.id")),
        UniqueConstraint("occasion", "on_day", "no"),
    )
    op.create_table(
        "mourning_day",
        Column("day", Date, primary_key=True),
        Column("reason", String(80), nullable=False),
        Column("salt", String(32), nullable=False),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
    )
    op.create_table(
        "rhythm",
        Column("id", Integer, primary_key=True),
        Column("segment", String(20), nullable=False),
        Column("occasion", String(40), nullable=False),
        Column("channel", String(12)),
        Column("words", String(400)),
        Column("signer", String(60)),
        Column("approve", Boolean, nullable=False),
        Column("tolerance_days", Integer),
        Column("send_hour", Integer, nullable=False),
        Column("active", Boolean, nullable=False),
        Column("planned_through", Date),
        Column("people", Integer),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
        UniqueConstraint("segment", "occasion"),
    )
    op.create_table(
        "wechat_group",
        Column("id", Integer, primary_key=True),
        Column("name", String(80), nullable=False, unique=True),
        Column("segment", String(20)),
        Column("people", Integer),
        Column("ended_on", Date),
        Column("recorded_at", DateTime(timezone=True), nullable=False),
        Column("recorded_by", Integer, ForeignKey("user_account.id"), nullable=False),
        Column("on_behalf", Text),
    )
    op.create_table(
        "letter",
        Column("id", Integer, primary_key=True),
        Column("occasion", String(40), nullable=False),
        Column("addressee_kind", String(12), nullable=False),
        Column("addressee_id", Integer, nullable=False),
        Column("on_day", Date, nullable=False),
        Column("about", Integer, nullable=False),
        Column("n", Integer, nullable=False),
        Column("rhythm_id", Integer),
        Column("channel", String(12)),
        Column("state", String(12), nullable=False),
        Column("reason", String(40)),
        Column("due_at", DateTime(timezone=True), nullable=False),
        Column("expires_on", Date, nullable=False),
        Column("batch_id", Integer, ForeignKey("letter_batch.id"), index=True),
        Column("planned_at", DateTime(timezone=True), nullable=False),
        Column("token", String(32)),
        Column("leased_until", DateTime(timezone=True)),
        Column("attempts", Integer, nullable=False),
        Column("body", LargeBinary),
        Column("body_digest", String(64)),
        Column("message_id", String(80), unique=True),
        Column("ended_at", DateTime(timezone=True)),
        Column("reply_code", Integer),
        Column("settled_by", Integer, ForeignKey("user_account.id")),
        Column("tracking_number", String(32)),
        UniqueConstraint("addressee_id", "on_day", "occasion", "addressee_kind", "about", "n"),
    )
    op.create_index(
        "ix_letter_body",
        "letter",
        ["ended_at"],
        sqlite_where=text("body IS NOT NULL"),
        postgresql_where=text("body IS NOT NULL"),
    )
    op.create_index(
        "ix_letter_due",
        "letter",
        ["due_at"],
        sqlite_where=text("state IN ('planned', 'ready', 'retry_wait')"),
        postgresql_where=text("state IN ('planned', 'ready', 'retry_wait')"),
    )
    op.create_index(
        "ix_letter_open",
        "letter",
        ["state"],
        sqlite_where=text("state IN ('claimed', 'handing_off', 'held', 'in_doubt')"),
        postgresql_where=text("state IN ('claimed', 'handing_off', 'held', 'in_doubt')"),
    )
