"""A long run: memory, open files and the gain of a second worker. Usage: python -m tests.faults.soak [ARTICLES] [--only memory|gain].

Prints the slope of resident memory over the second half of a run with two workers (kB for each 1,000 articles, for the run and for
its workers), the growth of open files, and, round by round, the gain of two workers over one beside what two independent processes
that only count gain over one at that time on the same machine. On a busy machine there is no second core to gain, and such figures
are noise; so it also tells the share of busy time: articles done for each second of CPU time, by the time in which workers had work,
two workers over one, beside the same for the processes that count. Exits with 1 if a figure misses its bound.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from extractor.batch import Options, run_batch
from extractor.errors import ExtractorError
from extractor.records import Warned

SENTENCES = (
    "{a} imposed a {n}% tariff on {g} from {b} on {d}.",
    "{a} will raise its duty on {g} to {n} percent from April 1, the trade ministry said.",
    '"We regret this step," said the trade minister of {b}, who met reporters on {d}.',
    "Exports of {g} from {b} fell {n} percent last year, according to the central bank.",
    "{a} threatened to answer with duties on {g} unless {b} lifts its ban.",
)
COUNTRIES = ("Brazil", "India", "Japan", "Mexico", "Norway", "Peru", "Turkey", "Vietnam", "Canada", "Kenya")
GOODS = ("steel", "rice", "wine", "tyres", "copper", "soybeans", "cars", "cheese")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
SLOPE_KB, GAIN = 1000, 0.85
WARM = 40
"""Articles after which all workers are at work, however busy the machine is."""


class Watch:
    """Notes memory and open files of the run and its workers as it goes on."""

    def __init__(self) -> None:
        self.points: list[tuple[int, int, int, int]] = []

    def warn(self, where: str, note: Warned) -> None:
        pass

    def reject(self, error: ExtractorError) -> None:
        print(error, file=sys.stderr)

    def say(self, message: str) -> None:
        pass

    def advance(self, inputs: int, total: int, articles: int) -> None:
        if articles % 2000 == 0 and inputs == articles:
            print(f"{articles:,} of {total:,}", file=sys.stderr, flush=True)
        if articles % 100 == 0 and inputs < total - WARM:  # at the end workers go
            children = [p.pid for p in multiprocessing.active_children() if p.pid]
            files = len(list(Path("/proc/self/fd").iterdir()))
            self.points.append((articles, resident(None), sum(resident(pid) for pid in children), files))


def resident(pid: int | None) -> int:
    """Resident memory in kB."""
    text = Path(f"/proc/{pid or 'self'}/status").read_text()
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS"))


def slope(points: list[tuple[int, int]]) -> float:
    """By least squares, for each 1,000 articles."""
    n = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    across = sum((x - mean_x) ** 2 for x, _ in points)
    return 1000 * sum((x - mean_x) * (y - mean_y) for x, y in points) / across if across else 0.0


def articles(folder: Path, count: int) -> None:
    """Synthetic articles, all different."""
    rng = random.Random(11)
    for n in range(count):
        said = [
            rng.choice(SENTENCES).format(
                a=rng.choice(COUNTRIES), b=rng.choice(COUNTRIES), g=rng.choice(GOODS), n=rng.randint(1, 60), d=rng.choice(DAYS)
            )
            for _ in range(rng.randint(2, 8))
        ]
        (folder / f"{n:05}.txt").write_text(f"Trade news {n}\n\n" + " ".join(said))


@dataclass
class Pace:
    """How fast a run was: articles a second, a second of its processes' CPU time, and the share of time in which a worker had work.

    The last two hold on a busy machine, too: a worker that waits for a core has work.
    """

    speed: float
    by_cpu: float
    busy: float


def used(workers: list[int]) -> tuple[float, float]:
    """CPU seconds of this process and the workers; seconds in which workers ran or waited for a core."""
    spent = [[int(n) / 1e9 for n in Path(f"/proc/{pid}/schedstat").read_text().split()[:2]] for pid in workers]
    return time.process_time() + sum(run for run, _ in spent), sum(run + wait for run, wait in spent)


def timed(folder: Path, workers: int, watch: Watch | None = None) -> Pace:
    """The pace from when all workers are at work to when the first has nothing to do."""
    watch = watch or Watch()
    points: list[tuple[float, int, float, float]] = []
    told = watch.advance

    def advance(inputs: int, total: int, done: int) -> None:
        if (inputs >= WARM and not points) or (inputs >= total - WARM and len(points) == 1):
            pids = [p.pid for p in multiprocessing.active_children() if p.pid]
            points.append((time.monotonic(), inputs, *used(pids)))
        told(inputs, total, done)

    watch.advance = advance  # type: ignore[method-assign]
    options = Options(paths=(str(folder),), output=str(folder.parent / f"out{workers}.jsonl"), workers=workers, force=True)
    summary = run_batch(options, watch)
    assert summary.rejected == 0
    seconds, done, cpu, busy = (end - begin for begin, end in zip(*points, strict=True))
    return Pace(done / seconds, done / cpu, busy / seconds / workers)


def count_up(seconds: float) -> tuple[int, float]:
    """What a process that only computes gets done, and its CPU seconds."""
    end, n, cpu = time.monotonic() + seconds, 0, time.process_time()
    while time.monotonic() < end:
        n += sum(range(1000)) > 0
    return n, time.process_time() - cpu


def natural_gain(seconds: float = 10.0) -> tuple[float, float]:
    """What two independent processes get done over what one does; the same for a second of CPU time."""
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(count_up, [0.2, 0.2])
        one, alone = pool.apply(count_up, (seconds,))
        two = pool.map(count_up, [seconds, seconds], chunksize=1)
    done, cpu = sum(n for n, _ in two), sum(spent for _, spent in two)
    return done / one, (done / cpu) / (one / alone)


def memory(folder: Path, count: int) -> bool:
    """Runs over so many articles with two workers; tells whether memory and open files stay as they are."""
    place = folder / "long"
    place.mkdir()
    articles(place, count)
    watch = Watch()
    speed = timed(place, 2, watch).speed
    half = watch.points[len(watch.points) // 2 :]
    own = slope([(x, y) for x, y, _, _ in half])
    theirs = slope([(x, y) for x, _, y, _ in half])
    files = half[-1][3] - half[0][3]
    print(f"{count:,} articles, {speed:.1f} a second")
    print(
        f"memory: run {own:+.0f} kB, workers {theirs:+.0f} kB for each 1,000 articles; at the end {half[-1][1]:,} and {half[-1][2]:,} kB"
    )
    print(f"open files: {files:+d}, at the end {half[-1][3]}", flush=True)
    return own <= SLOPE_KB and theirs <= SLOPE_KB and files <= 0


def gain(folder: Path, count: int, rounds: int = 5) -> bool:
    """Tells whether a second worker gains as much of what a second process gains as it should, round by round: others come and go."""
    place = folder / "short"
    place.mkdir()
    articles(place, count)
    shares, busy = [], []
    for _ in range(rounds):
        (natural, natural_cpu), two, one = natural_gain(), timed(place, 2), timed(place, 1)
        shares.append(two.speed / one.speed / natural)
        busy.append(two.by_cpu / one.by_cpu / natural_cpu * two.busy / one.busy)
        print(
            f"two workers over one: {two.speed / one.speed:.2f}; two independent processes over one: {natural:.2f}; share {shares[-1]:.2f}; "
            f"of busy time: {busy[-1]:.2f} (workers busy {two.busy:.3f} and {one.busy:.3f})",
            flush=True,
        )
    print(f"share, the median: {median(shares):.2f}; of busy time: {median(busy):.2f}")
    return median(shares) >= GAIN


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="?", type=int, default=10_000)
    parser.add_argument("--only", choices=("memory", "gain"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        flat = asked.only == "gain" or memory(Path(folder), asked.articles)
        worth = asked.only == "memory" or gain(Path(folder), min(500, asked.articles))
    return int(not (flat and worth))


if __name__ == "__main__":
    sys.exit(main())
