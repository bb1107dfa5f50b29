"""One run of the engine with faulty work, as a process that can be killed: python -m tests.faults.runs PATH OUTPUT WORKERS [MODE]."""

from __future__ import annotations

import resource
import sys

from extractor.batch import Options, run_batch
from extractor.errors import ExtractorError, OutputError
from extractor.records import Warned
from tests.faulty import FaultyJob


class Silent:
    """Hears nothing."""

    def warn(self, where: str, note: Warned) -> None:
        pass

    def reject(self, error: ExtractorError) -> None:
        pass

    def say(self, message: str) -> None:
        print(message, file=sys.stderr, flush=True)

    def advance(self, inputs: int, total: int, articles: int) -> None:
        print(f"articles {articles}", flush=True)
        if "full" in sys.argv:  # from here on no file of this process may grow over this: as a full disk, but for the workers
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def main() -> int:
    path, output, workers, *mode = sys.argv[1:]
    options = Options(paths=(path,), output=output, workers=int(workers), time_limit=30, unordered="unordered" in mode)
    try:
        run_batch(options, Silent(), job=FaultyJob)
    except OutputError as error:
        print(error, file=sys.stderr)
        return 4
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
