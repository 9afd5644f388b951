"""Compile the catalogues of translations that changed, without needing gettext's msgfmt.

`python script/compile_messages.py`: writes each django.mo beside its django.po.
"""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "site" / "agora" / "locale"


def compile_messages(folder: Path = LOCALE) -> list[Path]:
    """Compile each catalogue under a locale folder that is newer than its result; return those written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        result = source.with_suffix(".mo")
        if result.exists() and result.stat().st_mtime >= source.stat().st_mtime:
            continue
        beside = result.with_suffix(".mo.new")
        polib.pofile(str(source)).save_as_mofile(str(beside))
        beside.replace(result)  # a server that is starting never reads half a catalogue
        written.append(result)
    return written


if __name__ == "__main__":
    compile_messages()
