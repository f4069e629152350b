"""The same move in Django with django-fsm: lock, decide, stage, history, event, request, commit."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import django
from django.conf import settings
from django.db import connection, models, transaction
from django_fsm import FSMField
from django_fsm import transition as fsm_transition
from sqlalchemy import make_url

NOW = datetime(2026, 3, 3, 8, tzinfo=UTC)
LABEL = "peer"


def django_office(url: str, count: int) -> Callable[[int], None]:
    """Tables in the database at `url` with `count` gifts, and the function that moves one."""
    address = make_url(url)
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": address.database,
                "USER": address.username,
                "HOST": address.host or address.query.get("host"),
                "CONN_MAX_AGE": None,
            }
        },
        USE_TZ=True,
    )
    django.setup()

    class Gift(models.Model):
        number = models.CharField(max_length=20, unique=True)
        stage = FSMField(default="intent", protected=True, db_index=True)
        donor = models.CharField(max_length=80)
        liaison = models.CharField(max_length=80)
        notice_given_on = models.DateField()
        entered_on = models.DateField()
        due_on = models.DateField(null=True, db_index=True)
        row_version = models.IntegerField(default=1)

        class Meta:
            app_label = LABEL

        @fsm_transition(
            field=stage,
            source="intent",
            target="screen",
            conditions=[
                lambda gift: bool(gift.donor),
                lambda gift: bool(gift.liaison),
                lambda gift: gift.notice_given_on is not None,
            ],
        )
        def take_up(self) -> None:
            self.entered_on, self.due_on = date(2026, 3, 3), date(2026, 3, 6)
            self.row_version += 1

    class StageChange(models.Model):
        gift = models.ForeignKey(Gift, on_delete=models.PROTECT)
        transition = models.CharField(max_length=40)
        from_stage = models.CharField(max_length=40)
        to_stage = models.CharField(max_length=40)
        person = models.CharField(max_length=60)
        at = models.DateTimeField()

        class Meta:
            app_label = LABEL

    class Head(models.Model):
        gift = models.OneToOneField(Gift, on_delete=models.PROTECT, primary_key=True)
        event_count = models.IntegerField()
        last_hash = models.CharField(max_length=64)

        class Meta:
            app_label = LABEL

    class Event(models.Model):
        gift = models.ForeignKey(Gift, on_delete=models.PROTECT)
        seq = models.IntegerField()
        at = models.DateTimeField()
        action = models.CharField(max_length=60)
        detail = models.TextField()
        prev = models.CharField(max_length=64)
        hash = models.CharField(max_length=64)

        class Meta:
            app_label = LABEL
            constraints = [models.UniqueConstraint(fields=["gift", "seq"], name="seq")]  # noqa: RUF012

    class Request(models.Model):
        key = models.CharField(max_length=80, primary_key=True)
        outcome = models.TextField()
        at = models.DateTimeField()

        class Meta:
            app_label = LABEL

    with connection.schema_editor() as editor:
        for model in (Gift, StageChange, Head, Event, Request):
            editor.create_model(model)
    day = date(2026, 3, 2)
    gifts = Gift.objects.bulk_create(
        Gift(number=f"G{n}", donor="a", liaison="b", notice_given_on=day, entered_on=day)
        for n in range(1, count + 1)
    )
    Head.objects.bulk_create(Head(gift=gift, event_count=3, last_hash="0" * 64) for gift in gifts)

    def move(number: int) -> None:
        with transaction.atomic():
            assert Request.objects.filter(key=f"move-{number}").first() is None
            gift = Gift.objects.select_for_update().get(pk=number)
            before = gift.stage
            gift.take_up()
            gift.save()
            StageChange.objects.create(
                gift=gift, transition="take_up", from_stage=before, to_stage=gift.stage,
                person="lin", at=NOW,
            )  # fmt: skip
            head = Head.objects.select_for_update().get(pk=number)
            detail = json.dumps({"from": before, "to": gift.stage}, sort_keys=True)
            digest = hashlib.sha256((head.last_hash + detail).encode()).hexdigest()
            Event.objects.create(
                gift=gift, seq=head.event_count + 1, at=NOW, action="moved", detail=detail,
                prev=head.last_hash, hash=digest,
            )  # fmt: skip
            head.event_count, head.last_hash = head.event_count + 1, digest
            head.save()
            Request.objects.create(key=f"move-{number}", outcome=gift.stage, at=NOW)

    return move
