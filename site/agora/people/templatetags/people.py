"""Template tags about members, for other rooms."""

from django import template

from agora.people.wording import answerer_of

register = template.Library()


@register.inclusion_tag("people/notice.html")
def waiting_notice(user) -> dict[str, object]:
    """Tell somebody who is signed in but not validated where the request stands, and who answers it.

    Draws nothing for a visitor or a member.
    """
    if not user.is_authenticated or user.is_validated:
        return {"waiting": False}
    return {"waiting": True, "status": user.status, "answerer": answerer_of(user)}
