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
        newest = max(source.stat().st_mtime, Path(__file__).stat().st_mtime)
        if result.exists() and result.stat().st_mtime >= newest:
            continue
        beside = result.with_suffix(".mo.new")
        catalogue = polib.pofile(str(source))
        catalogue.extend(_alone(catalogue))
        catalogue.save_as_mofile(str(beside))
        beside.replace(result)  # a server that is starting never reads half a catalogue
        written.append(result)
    return written


def _alone(catalogue: polib.POFile) -> list[polib.POEntry]:
    """Return the words that are counted (« Thème », « Thèmes ») once more as words that stand alone.

    A catalogue has a word once, and Python finds a counted one alone only since 3.11.5 or so.
    """
    return [
        polib.POEntry(msgid=each.msgid, msgctxt=each.msgctxt, msgstr=each.msgstr_plural[0])
        for each in catalogue.translated_entries()
        if each.msgid_plural
    ]


if __name__ == "__main__":
    compile_messages()
