"""A desk at which command lines are typed, and the workshop that copies whole offices."""

from __future__ import annotations

import io
import json
import shlex
import shutil
from collections.abc import Iterable
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from donflow.cli import run
from donflow.cli.demo_papers import write_papers
from donflow.lifecycle.instance import INSTANCE_FILE, write_instance
from donflow.settings import FILE_NAME, database_url, read_settings
from tests import databases
from tests.cast import ADMIN, FIRST_DAY, INIT, SECOND_USERS
from tests.journeys.tale import MILESTONES, Step, shared_line

HOME, PAPERS = "office", "材料"


@dataclass(frozen=True)
class Answer:
    """What a command line answered."""

    line: str
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What `--json` wrote on stdout."""
        return json.loads(self.out)

    @property
    def refusals(self) -> list[dict[str, str]]:
        """What `--json` wrote on stderr."""
        refusals: list[dict[str, str]] = json.loads(self.err)["refusals"]
        return refusals

    @property
    def codes(self) -> set[str]:
        return {refusal["code"] for refusal in self.refusals}

    def __str__(self) -> str:
        return f"$ {self.line}\n{self.code}\n{self.out}{self.err}"


@dataclass
class Desk:
    """An office in a folder of its own, with the papers that come from outside beside it."""

    folder: Path
    lang: str = "zh_CN"
    day: str = FIRST_DAY
    environment: dict[str, str] = field(default_factory=dict)
    _offices: dict[Path, Any] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.folder / HOME

    @property
    def papers(self) -> Path:
        return self.folder / PAPERS

    @property
    def url(self) -> str:
        """The database that the home's settings name."""
        return database_url(self.home, read_settings(self.home, {}))

    @property
    def database(self) -> Path:
        """SQLite's file, for a test about files."""
        return self.home / "donflow.db"

    def __call__(
        self,
        line: str,
        *,
        day: str | None = None,
        as_: str | None = None,
        lang: str | None = None,
        code: int | None = 0,
    ) -> Answer:
        """Type one line; the exit code must be `code`, unless that is None."""
        self.day = day or self.day
        arguments = shlex.split(line)
        arguments = arguments[1:] if arguments[:1] == ["donflow"] else arguments
        environment = self.said(as_=as_, lang=lang)
        out, err = io.StringIO(), io.StringIO()
        with chdir(self.folder), redirect_stdout(out), redirect_stderr(err):
            ended = run(arguments, environment, self._offices)
        answer = Answer(line, ended, out.getvalue(), err.getvalue())
        assert code in (None, ended), str(answer)
        return answer

    def said(self, *, as_: str | None = None, lang: str | None = None) -> dict[str, str]:
        """The environment of a command line at this desk."""
        return {
            "DONFLOW_HOME": str(self.home),
            "DONFLOW_LANG": lang or self.lang,
            "DONFLOW_NOW": f"{self.day}T10:00:00+08:00",
            "DONFLOW_DEBUG": "1",
            **({"DONFLOW_USER": as_} if as_ else {}),
            **self.environment,
        }

    def close(self) -> None:
        """Give the database back, so that it can be copied, moved or changed by SQL."""
        for opened in self._offices.values():
            opened.close()
        self._offices.clear()

    def refused(self, line: str, **kwargs: Any) -> set[str]:
        """The codes with which this line is refused; nothing may be changed by it."""
        before = self.rows()
        answer = self(f"{line} --json", code=2, **kwargs)
        assert answer.out == "", str(answer)
        assert self.rows() == before, f"a refused line changed the database: {line}"
        return answer.codes

    def gift(self, number: str = "1") -> dict[str, Any]:
        """`gift show` as JSON."""
        shown: dict[str, Any] = self(f"gift show {number} --json").data
        return shown

    def stage(self, number: str = "1") -> str:
        return str(self.gift(number)["stage"])

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, read past donflow."""
        return databases.all_rows(self.url)

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Do behind donflow's back what its journal must notice; `?` stands for a value."""
        self.close()
        return databases.execute(self.url, statement, *values)

    def discard(self) -> None:
        """Close it and take its database away."""
        self.close()
        if self.home.exists():
            databases.drop_database(self.url)


class Workshop:
    """Lives through the tale once, keeps a copy at each milestone, and hands out copies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._papers = folder / PAPERS
        self._built: dict[tuple[str, str, bool], Desk] = {}

    def copy(
        self, milestone: str, folder: Path, backend: str = "sqlite", *, shared: bool = False
    ) -> Desk:
        """A fresh office as it stands at this milestone, with a database of its own."""
        source = self._at(milestone, backend, shared=shared)
        desk = copy_of(source, folder)
        desk.day = MILESTONES[milestone].day
        return desk

    def close(self) -> None:
        for desk in self._built.values():
            desk.discard()
        shutil.rmtree(self._folder)

    def _at(self, milestone: str, backend: str, *, shared: bool) -> Desk:
        if (milestone, backend, shared) not in self._built:
            kind = "shared" if shared else "single"
            target = self._folder / f"{milestone}-{backend}-{kind}"
            if milestone == "new":
                desk = Desk(target)
                self._set_up(desk, backend, shared=shared)
            else:
                before = MILESTONES[milestone].after
                desk = self.copy(before, target, backend, shared=shared)
                play(desk, MILESTONES[milestone].steps, shared=shared)
            desk.close()
            self._built[milestone, backend, shared] = desk
        return self._built[milestone, backend, shared]

    def _set_up(self, desk: Desk, backend: str, *, shared: bool) -> None:
        if not self._papers.exists():
            write_papers(self._papers)
        shutil.copytree(self._papers, desk.papers)
        line = INIT
        if backend != "sqlite":
            line += f" --database {databases.new_database(backend, desk.folder)}"
        if not shared:
            desk(line)
            return
        desk(f"{line} --desk shared --admin {ADMIN.username} --admin-name {ADMIN.name}")
        add_users(desk)


def copy_of(source: Desk, folder: Path) -> Desk:
    """Another office like this closed one, in a folder of its own and with its own database."""
    shutil.copytree(source.folder, folder)
    desk = Desk(folder, day=source.day, environment=dict(source.environment))
    identity = json.loads((desk.home / INSTANCE_FILE).read_bytes())["identity"]
    write_instance(desk.home, identity)  # else it is held, as a copy of the office
    if desk.url == source.url:  # else it lies in the home and is copied with it
        settings = desk.home / FILE_NAME
        copied = databases.copy_database(source.url, folder)
        told = settings.read_text("utf-8").replace(source.url, copied)
        settings.write_text(told, "utf-8")
    return desk


def add_users(desk: Desk) -> None:
    """The secretary asks for each user and role, the administrator confirms."""
    for person in SECOND_USERS:
        first, *others = person.capacities or ("",)
        capacity = f" --as-capacity {first}" if first else ""
        asked = [f"user add {person.username} {person.name} --role {person.role}{capacity}"]
        asked += [f"user role {person.username} {person.role} --as-capacity {c}" for c in others]
        for line in asked:
            order = desk(f"{line} --json", as_="lin").data["order"]
            desk(f"order confirm {order}", as_=ADMIN.username)


def play(desk: Desk, steps: Iterable[Step], *, shared: bool = False) -> None:
    """Type the lines of the tale; in a shared desk each is typed by its own user."""
    for step in steps:
        line, user = shared_line(step) if shared else (step.line, None)
        desk(line, day=step.day, as_=user)
