"""How long a sheet takes to become an A4 PDF: `AGORA_VAR=… python benchmarks/paper.py [--times N]`.

Uses the demo content loaded in that folder (script/server does it). Prints, over all its sheets, the time to
gather what the paper says, the time to set it, both together (median, 95th of 100), the weight of the files,
the most memory that the typesetter took, and the same for the longest sheet that the form accepts. The target
is one second, on two cores.
"""

import argparse
import os
import resource
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agora.settings.development")

import django  # noqa: E402

django.setup()

from django.utils import timezone, translation  # noqa: E402

from practices.models import SECTIONS, PracticePage  # noqa: E402
from practices.paper import press  # noqa: E402
from practices.paper.reading import said  # noqa: E402

SENTENCE = "Le premier accueil se fait en deux temps, avec une écoute puis un vrai rendez-vous. "
PARAGRAPH = SENTENCE * 6 + "\n\n"


def measured(practice: PracticePage) -> tuple[float, float, int]:
    """Return the milliseconds to gather and to set one sheet, and the bytes of its PDF."""
    with translation.override(practice.locale.language_code):
        start = time.perf_counter()
        data = said(practice, member=True, today=timezone.localdate())
        gathered = time.perf_counter()
        paper = press.typeset(data)
    end = time.perf_counter()
    return (gathered - start) * 1000, (end - gathered) * 1000, len(paper)


def show(name: str, values: list[float], unit: str = "ms") -> None:
    """Print the median and the 95th of 100."""
    high = statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]
    print(f"  {name:<28} p50 {statistics.median(values):7.1f} {unit}   p95 {high:7.1f} {unit}")


def main() -> None:
    """Measure each sheet of the demo `--times` times, then the longest possible one."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--times", type=int, default=2)
    times = reader.parse_args().times
    related = ("origin", "owner__cpas", "fallback_owner", "locale")
    sheets = list(PracticePage.objects.filter(live=True).select_related(*related))
    if not sheets:
        sys.exit("No sheet there: load the demo first (script/server).")
    measured(sheets[0])  # what a process does once
    runs = [measured(sheet) for _time in range(times) for sheet in sheets]
    print(f"{len(sheets)} sheets, {times} times each")
    show("gather what it says", [run[0] for run in runs])
    show("set it (own process)", [run[1] for run in runs])
    show("both", [run[0] + run[1] for run in runs])
    show("weight", [run[2] / 1024 for run in runs], "kB")
    print(
        f"  typesetter, most memory      {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB"
    )
    longest = sheets[0]
    for name in SECTIONS:
        setattr(longest, name, (PARAGRAPH * 60)[:19_900])
    longest.rendered, longest.kind = {}, PracticePage.Kind.SHEET
    run = measured(longest)
    print(f"the longest sheet the form accepts ({len(SECTIONS)} × 20,000 characters)")
    print(f"  both {run[0] + run[1]:.0f} ms, {run[2] / 1024:.0f} kB,", end=" ")
    print(f"memory {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
