"""The engine's work, watched: a worker notes it when something reaches for the network, starts a program, or writes to a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractor.job import Job
from extractor.workers import Message, Task
from tests.faults.hostile import STORY

NOTES = "EXTRACTOR_TEST_NOTES"
"""The variable that names the file for the notes."""
NEVER = {
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request", "http.client.connect", "ftplib.connect",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.remove", "os.rename", "os.mkdir", "os.symlink", "os.chmod", "shutil.rmtree",
}  # fmt: skip
"""Events of `sys.addaudithook` that nothing in an article may lead to."""


def watch() -> None:
    """From now on notes what this process does of that."""
    notes = os.open(os.environ[NOTES], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def heard(event: str, told: tuple[object, ...]) -> None:
        writes = event == "open" and (
            any(c in str(told[1]) for c in "wax+") if told[1] else bool(int(str(told[2] or 0)) & os.O_ACCMODE)
        )
        if event in NEVER or writes:
            os.write(notes, f"{event} {told!r}\n".encode())

    sys.addaudithook(heard)


@dataclass(frozen=True, slots=True)
class GuardedJob(Job):
    """The engine's own work; what comes after loading is watched."""

    def __call__(self) -> Callable[[Task], Iterator[Message]]:
        from extractor.readers.language import check_english

        work = Job.__call__(self)
        check_english(STORY * 9, "loads the recogniser of languages")
        watch()
        return work
