"""A mail server that others wrote (exim4), on loopback, delivering into a folder of its own."""

from __future__ import annotations

import email
import email.policy
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.programs import needs

CONFIGURATION = """\
primary_hostname = mail.example.edu
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/pid
exim_user = {user}
exim_group = {group}
never_users =
keep_environment =
tls_advertise_hosts =
host_lookup =
rfc1413_hosts =
disable_ipv6 = true
smtp_accept_max = 50
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = acl_data
begin acl
acl_rcpt:
  deny local_parts = nobody
       message = no such user
  accept
acl_data:
  accept
begin routers
everybody:
  driver = accept
  transport = folder
begin transports
folder:
  driver = appendfile
  directory = {folder}/inbox
  maildir_format = true
  envelope_to_add = true
  return_path_add = true
  user = {user}
  group = {group}
"""
PATIENCE = 20.0


@dataclass(frozen=True)
class RealMailServer:
    port: int
    folder: Path

    def delivered(self, message_ids: Collection[str], copies: int) -> list[EmailMessage]:
        """Those of these letters that lie in the inbox, once there are so many and none waits."""
        until = time.monotonic() + PATIENCE
        while True:
            waits = self._on_the_way()
            found = [read(file.read_bytes()) for file in self._files()]
            theirs = [mail for mail in found if mail["Message-ID"] in message_ids]
            if (len(theirs) >= copies and not waits) or time.monotonic() > until:
                return theirs
            time.sleep(0.05)

    def _files(self) -> list[Path]:
        return sorted((self.folder / "inbox" / "new").glob("*"))

    def _on_the_way(self) -> bool:
        return any((self.folder / "spool" / "input").glob("*-H"))


@contextmanager
def real_mail_server() -> Iterator[RealMailServer]:
    """Runs as whoever runs the tests; where that is root, its letters are delivered as another."""
    program = needs("exim4", Path("/usr/sbin"))
    folder = Path(tempfile.mkdtemp(prefix="donflow-mail-"))
    user, group = _owner()
    try:
        for part in ("spool", "log", "inbox"):
            (folder / part).mkdir()
        configuration = folder / "exim.conf"
        configuration.write_text(CONFIGURATION.format(folder=folder, user=user, group=group))
        if os.getuid() == 0:
            # It refuses a configuration that others may write, and to deliver as root.
            folder.chmod(0o755)
            for part in ("spool", "log", "inbox"):
                os.chown(folder / part, user, group)
        port = _free_port()
        command = [program, "-C", configuration, "-bdf", "-oX", f"127.0.0.1:{port}"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as server:
            try:
                _await(server, port)
                yield RealMailServer(port, folder)
            finally:
                server.terminate()
    finally:
        shutil.rmtree(folder)


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _owner() -> tuple[int, int]:
    """User and group; Debian's package brings one for it."""
    if os.getuid() != 0:
        return os.getuid(), os.getgid()
    theirs = pwd.getpwnam("Debian-exim")
    return theirs.pw_uid, theirs.pw_gid


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _await(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            assert server.stderr is not None
            raise AssertionError(f"exim4 ended: {server.stderr.read().decode()}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError("exim4 does not listen")
