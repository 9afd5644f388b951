"""Extract the French sentences of the code, keep the Dutch catalogue in step with them, and check it.

`script/messages`                    bring the catalogue up to date; say what waits for a translation
`script/messages --merge FILE…`      the same, then take translations from JSON files:
                                     {"French": "Dutch", "French": ["one", "many"]}
`script/messages --check`            change nothing; fail when something is missing, stale or badly set

French is the source (the msgid); there is one Dutch catalogue for all rooms. The French catalogue only holds
the words that a library writes the same way in English (« document », « date ») and would translate itself.
"""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "site" / "agora" / "locale"
CATALOGUE = LOCALE / "nl" / "LC_MESSAGES" / "django.po"
FRENCH = LOCALE / "fr" / "LC_MESSAGES" / "django.po"
ROOMS = ("site", "practices", "search", "training", "forum")
HEADER = {
    "Project-Id-Version": "Agora CPAS·OCMW",
    "Language": "nl",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")
ENTITY = re.compile(r"&#?\w+;")
UNSPACED = re.compile(r"[^\u00a0][;?!»](?!\w)|[^\u00a0]:(?=\s|$)|«(?!\u00a0)")

Key = tuple[str, str, str]  # context, French, French plural


def key_of(entry: polib.POEntry) -> Key:
    """Return what identifies a sentence."""
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def extract() -> polib.POFile:
    """Return a catalogue of every sentence in the code of the rooms, without translations.

    Django's own extraction runs (it knows templates), into a temporary folder: a check changes nothing.
    """
    if shutil.which("xgettext") is None:
        sys.exit("Extracting the sentences needs xgettext (Debian: apt install gettext).")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agora.settings.development")
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    others = [entry.name for entry in ROOT.iterdir() if entry.is_dir() and entry.name not in ROOMS]
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        settings.LOCALE_PATHS = [folder]
        (Path(folder) / "nl").mkdir()
        call_command(
            "makemessages",
            locale=["nl"],
            ignore_patterns=[*others, "locale", "*.min.js"],
            no_location=True,
            no_wrap=True,
            verbosity=0,
        )
        return polib.pofile(str(Path(folder) / "nl" / "LC_MESSAGES" / "django.po"))


def load() -> polib.POFile:
    """Read the catalogue; an empty one when there is none yet."""
    return polib.pofile(str(CATALOGUE), wrapwidth=0) if CATALOGUE.exists() else polib.POFile(wrapwidth=0)


def bring_up_to_date(old: polib.POFile, found: polib.POFile) -> polib.POFile:
    """Return the sentences found, sorted, each with the translation it had."""
    known = {key_of(entry): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=0)
    new.metadata = dict(HEADER)
    for entry in sorted(found, key=key_of):
        before = known.get(key_of(entry))
        entry.occurrences, entry.previous_msgid, entry.comment = [], None, ""
        entry.flags = sorted(set(entry.flags) - {"fuzzy"})
        if before is not None:
            entry.msgstr, entry.msgstr_plural = before.msgstr, dict(before.msgstr_plural)
            if before.fuzzy:
                entry.flags.append("fuzzy")
        elif entry.msgid_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        else:
            entry.msgstr = ""
        new.append(entry)
    return new


def merge(catalogue: polib.POFile, files: list[Path]) -> list[str]:
    """Take translations from JSON files, the last one winning; return what could not be used."""
    refused = []
    by_french: dict[str, list[polib.POEntry]] = {}
    for entry in catalogue:
        by_french.setdefault(entry.msgid, []).append(entry)
    for path in files:
        for french, dutch in json.loads(path.read_text("utf-8")).items():
            if french not in by_french:
                refused.append(f"{path.name}: not in the code: {french!r}")
            for entry in by_french.get(french, []):
                if bool(entry.msgid_plural) is not isinstance(dutch, list):
                    refused.append(f"{path.name}: one form for a plural, or the other way round: {french!r}")
                elif entry.msgid_plural:
                    entry.msgstr_plural = dict(enumerate(dutch))
                else:
                    entry.msgstr = dutch
    return refused


def taken_by_a_library(found: polib.POFile) -> polib.POFile:
    """Return a French catalogue that keeps as they are the sentences that a library would change.

    To be called after `extract`, which has put our own catalogues out of Django's sight.
    """
    from django.utils import translation

    kept = polib.POFile(wrapwidth=0)
    kept.metadata = HEADER | {"Language": "fr", "Plural-Forms": "nplurals=2; plural=(n > 1);"}
    with translation.override("fr"):
        for entry in sorted(found, key=key_of):
            if entry.msgid_plural:
                given = [translation.ngettext(entry.msgid, entry.msgid_plural, n) for n in (1, 2)]
                if given != [entry.msgid, entry.msgid_plural]:
                    forms = {0: entry.msgid, 1: entry.msgid_plural}
                    kept.append(
                        polib.POEntry(msgid=entry.msgid, msgid_plural=entry.msgid_plural, msgstr_plural=forms)
                    )
            elif translation.gettext(entry.msgid) != entry.msgid:
                kept.append(polib.POEntry(msgid=entry.msgid, msgstr=entry.msgid))
    return kept


def faults(entry: polib.POEntry) -> list[str]:
    """Return what is wrong with one sentence and its translation, in words."""
    found = []
    for french in filter(None, (entry.msgid, entry.msgid_plural)):
        text = ENTITY.sub("", french)
        if "'" in re.sub(r"<[^>]*>", "", text):
            found.append("a straight apostrophe in the French (use ’)")
        if UNSPACED.search(text):
            found.append("no U+00A0 before : ; ? ! » or after «")
    dutch = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(text.strip() for text in dutch):
        return [*found, "no Dutch"]
    if entry.fuzzy:
        found.append("marked as doubtful (fuzzy)")
    expected = Counter(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    for number, text in enumerate(dutch):
        given = Counter(PLACEHOLDER.findall(text))
        # « one » may leave the number out; nothing else may differ.
        if given != expected and not (entry.msgid_plural and number == 0 and given <= expected):
            found.append(f"placeholders differ: {sorted(expected)} became {sorted(given)}")
    if [text.strip() == text for text in dutch] != [entry.msgid.strip() == entry.msgid] * len(dutch):
        found.append("blanks at the ends differ")
    return found


def report(catalogue: polib.POFile) -> int:
    """Print each sentence that has a fault; return how many."""
    count = 0
    for entry in catalogue:
        if found := faults(entry):
            count += 1
            print(f"{entry.msgid!r}\n    {'; '.join(found)}")
    return count


def check() -> int:
    """Compare the catalogue with the code and look for faults; return the number of them."""
    catalogue, found = load(), extract()
    known, wanted = {key_of(e) for e in catalogue if not e.obsolete}, {key_of(e) for e in found}
    for _context, french, _plural in sorted(wanted - known):
        print(f"{french!r}\n    is in the code and not in the catalogue: run script/messages")
    for _context, french, _plural in sorted(known - wanted):
        print(f"{french!r}\n    is in the catalogue and no longer in the code: run script/messages")
    taken = taken_by_a_library(found)
    if not FRENCH.exists() or str(taken) != str(polib.pofile(str(FRENCH), wrapwidth=0)):
        print("The French words that a library would change are others: run script/messages")
        return 1 + len(wanted ^ known) + report(catalogue)
    return len(wanted ^ known) + report(catalogue)


def update(files: list[Path]) -> int:
    """Bring the catalogue up to date, merge files into it, save it; return how many faults remain."""
    found = extract()
    catalogue = bring_up_to_date(load(), found)
    for line in merge(catalogue, files):
        print(line, file=sys.stderr)
    for path, content in ((CATALOGUE, catalogue), (FRENCH, taken_by_a_library(found))):
        path.parent.mkdir(parents=True, exist_ok=True)
        content.save(str(path))
    return report(catalogue)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="script/messages", description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail when something is wrong")
    parser.add_argument("--merge", nargs="+", type=Path, default=[], metavar="FILE", help="JSON translations")
    options = parser.parse_args()
    if options.check:
        count = check()
        if count:
            sys.exit(f"{count} sentences to see to.")
        print("The Dutch catalogue is complete.")
        return
    count = update(options.merge)
    print(f"{count} sentences to see to." if count else "The Dutch catalogue is complete.")


if __name__ == "__main__":
    main()
