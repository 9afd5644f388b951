"""The control in which members write: a textarea that a small editor makes more comfortable."""

from typing import Any

from django import forms


class RichTextarea(forms.Textarea):
    """A textarea for light Markdown. `richtext/editor.js` adds a toolbar; without it one types the marks.

    The words of the toolbar are in the page (a <template>), so that they are translated like the rest.
    """

    template_name = "richtext/textarea.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 7, "data-editor": True} | (attrs or {}))

    class Media:
        js = ["richtext/editor.js"]
