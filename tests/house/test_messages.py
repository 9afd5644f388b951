"""The catalogue of messages, as it is compiled: what script/messages.py, which compares texts, cannot see."""

import polib
from django.utils.translation import gettext, override, pgettext

from .sources import ROOT

DUTCH = ROOT / "site" / "agora" / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def test_a_word_that_is_counted_is_found_alone_too():
    """On any Python: some find « Thème » beside « Thèmes » in a catalogue, and some leave it in French."""
    counted = [each for each in polib.pofile(str(DUTCH)).translated_entries() if each.msgid_plural]
    with override("nl"):
        found = {
            each.msgid: pgettext(each.msgctxt, each.msgid) if each.msgctxt else gettext(each.msgid)
            for each in counted
        }
    assert len(found) > 50
    assert found == {each.msgid: each.msgstr_plural[0] for each in counted}
