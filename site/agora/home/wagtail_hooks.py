"""What Agora changes in Wagtail's way of serving pages."""

from wagtail import hooks

from agora.people.access import answer_to_outsider


@hooks.register("before_serve_page")
def only_to_members(page, request, serve_args, serve_kwargs):
    """Serve a page to members only, unless its type says `is_public`."""
    if getattr(page, "is_public", False):
        return None
    return answer_to_outsider(request)
