"""The program that sets one sheet and ends: JSON on its input, a tagged PDF on its output.

A name of its own, and a process of its own (press.py starts it): whatever somebody wrote, what it costs is
bounded from outside in time and here in memory, and its failure is not that of a server. It knows one folder,
our fonts and no others, and asks nothing of the network.
"""

import resource
import sys
from pathlib import Path

import typst

HERE = Path(__file__).parent
STANDARD = "ua-1"  # ISO 14289-1: the compiler refuses what a screen reader could not follow
MEMORY = 1024**3  # bytes of address space; a sheet of ordinary length takes a tenth


def main() -> int:
    """Set the sheet; 1 and a line on the error output when it cannot be."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])
    # Packages are looked for in a folder that does not exist: nothing is ever fetched.
    nowhere = HERE / "no-packages"
    try:
        paper = typst.compile(
            HERE / "sheet.typ",
            root=HERE,
            font_paths=fonts,
            package_path=nowhere,
            package_cache_path=nowhere,
            sys_inputs={"data": sys.stdin.buffer.read().decode()},
            format="pdf",
            pdf_standards=[STANDARD],
        )
    except typst.TypstError as problem:
        sys.stderr.write(f"{problem.message} {' '.join(problem.hints)}\n")
        return 1
    sys.stdout.buffer.write(paper)
    return 0


if __name__ == "__main__":
    sys.exit(main())
