"""What a form asks besides being sent: to be shown as it will look, to find a colleague, to put a name in.

A name of its own beside forms.py: messages, questions and debates ask the same, and nothing of it is kept.
Each is a button of the form, so that it works without a script.
"""

from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict

from . import calling

AT = "at:"  # what the button of a name sends, before the name


@dataclass(frozen=True, slots=True)
class Composing:
    """What one form asks.

    asks: whether it is shown again rather than sent. shows: whether the preview is drawn. people_url: where
    names are looked for as one types. found: the colleagues found for `sought`. called: whom the text calls.
    """

    people_url: str
    asks: bool = False
    shows: bool = False
    sought: str = ""
    found: list[calling.Called] = field(default_factory=list)
    called: list[calling.Called] = field(default_factory=list)

    @property
    def handles(self) -> list[str]:
        """The names called, which the anonymisation gate lets pass."""
        return [each.handle for each in self.called]


def composing(
    request: HttpRequest, text: str, people_url: str, reads: calling.Reads = calling.everybody
) -> Composing:
    """Return what a form asks.

    Args:
        text: everything that was typed in which somebody can be called.
        people_url: where the script looks for colleagues.
        reads: who may read the text.
    """
    if request.method != "POST":
        return Composing(people_url)
    go, sought = request.POST.get("go", ""), request.POST.get("qui", "")[:100]
    finds = go == "find" and bool(sought.strip())
    return Composing(
        people_url,
        asks=go in ("find", "preview") or go.startswith(AT),
        shows=go == "preview" or (go == "find" and not finds),
        sought=sought if finds else "",
        found=calling.find(request.user, sought, reads) if finds else [],
        called=calling.called_in(request.user, text, reads) if "@" in text else [],
    )


def with_name(post: QueryDict, name: str) -> QueryDict:
    """Return what a form sent, the name of the button that was pressed put at the end of field `name`."""
    go = post.get("go", "")
    if not go.startswith(AT):
        return post
    handle = " ".join(go.removeprefix(AT).replace("\x00", "").split())[:160]
    typed = post.get(name, "")
    glue = "" if not typed or typed[-1] in " \n" else " "
    sent = post.copy()
    sent[name] = f"{typed}{glue}@{handle} " if handle else typed
    return sent
