"""Nobody reads or changes a message whose sheet they may not read, by whatever address."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, get_resolver, resolve, reverse
from django.urls.exceptions import Resolver404
from django_comments.models import CommentFlag
from django_comments_xtd.models import XtdComment

from agora.discussion import urls
from agora.discussion.models import Decision, Report
from tests.practices.factories import make_practice

from .factories import SECRET, make_message

STOCK_NAMES = [
    *("comments-post-comment", "comments-comment-done", "comments-url-redirect"),
    *("comments-flag", "comments-flag-done", "comments-delete", "comments-delete-done"),
    *("comments-approve", "comments-approve-done"),
    *("comments-xtd-sent", "comments-xtd-confirm", "comments-xtd-mute", "comments-xtd-reply"),
    *("comments-xtd-like", "comments-xtd-like-done", "comments-xtd-dislike", "comments-xtd-dislike-done"),
    *("comments-xtd-api-create", "comments-xtd-api-list", "comments-xtd-api-count"),
    *("comments-xtd-api-feedback", "comments-xtd-api-flag", "comments-xtd-api-preview"),
]
STOCK_PATHS = [
    *("sent/", "confirm/k/", "mute/k/", "reply/1/", "flag/1/", "flagged/", "like/1/", "liked/", "dislike/1/"),
    *("disliked/", "post/", "posted/", "delete/1/", "deleted/", "approve/1/", "approved/", "cr/1/1/"),
    *("api/comment/", "api/practices-practicepage/1/", "api/practices-practicepage/1/count/"),
    *("api/feedback/", "api/flag/", "api/preview/"),
]

# What each own address answers once its sheet can be read: (a member, a moderator), neither the author.
ANSWERS = {
    "write": (200, 200),
    "useful": (302, 302),
    "reply": (200, 200),
    "edit": (403, 403),
    "withdraw": (403, 403),
    "report": (200, 200),
    "appeal": (404, 404),
    "moderate": (403, 200),
    "reports": (403, 200),
    "people": (200, 200),
    "everybody": (200, 200),
}
WITHOUT_MESSAGE = ("reports", "everybody")  # addresses of no message
LOOKED_AT = ("reports", "people", "everybody")  # nothing is posted there
WITHOUT_WORDS = ("write", "people", "everybody")  # no message is shown there
POSTED = {"text": "Une intrusion", "reason": "other", "explanation": "x", "outcome": "removed"}


def address(name: str, message: XtdComment) -> str:
    """Return the address of a page about a message."""
    if name in ("write", "useful", "people"):
        return reverse(f"discussion:{name}", args=["practices.practicepage", message.object_pk])
    return reverse(f"discussion:{name}", args=[] if name in WITHOUT_MESSAGE else [message.pk])


def everything_kept() -> tuple:
    """Return all that the discussion keeps, to see whether something changed."""
    models = (XtdComment, CommentFlag, Report, Decision)
    return tuple(list(model.objects.order_by("pk").values()) for model in models)


@pytest.fixture(params=["live", "showcase", "unpublished"])
def state(request) -> str:
    """The state of a sheet with a message that somebody reported."""
    return request.param


@pytest.fixture
def reported(state, tree, member, relay):
    """That message, which a relay has reported."""
    practice = make_practice(by=member, is_showcase=state == "showcase")
    message = make_message(practice, member, minutes_ago=60)
    Report.objects.create(
        flag=CommentFlag.objects.create(comment=message, user=relay, flag=CommentFlag.SUGGEST_REMOVAL),
        reason="hurtful",
        quoted=SECRET,
    )
    if state == "unpublished":
        practice.unpublish()
    return message


def test_the_table_names_every_address():
    assert {pattern.name for pattern in urls.urlpatterns} == set(ANSWERS)


def test_visitors_are_sent_to_the_login(reported, client_of):
    before = everything_kept()
    for name, response in _every_way(client_of(None), reported):
        assert response.status_code == 302, name
        assert reverse("account_login") in response["Location"], name
        assert SECRET not in response.content.decode(), name
    assert everything_kept() == before


def test_the_unvalidated_wait_outside(reported, client_of, pending):
    before = everything_kept()
    for name, response in _every_way(client_of(pending), reported):
        assert response.status_code == 403, name
        assert SECRET not in response.content.decode(), name
    assert everything_kept() == before


@pytest.mark.parametrize("who", ["colleague", "moderator"])
def test_members_open_what_their_role_and_the_sheet_allow(who, state, reported, client_of, request):
    browser = client_of(request.getfixturevalue(who))
    hidden = state == "unpublished"
    before = everything_kept()
    for name, answers in ANSWERS.items():
        expected = answers[who == "moderator"]
        if hidden and name not in WITHOUT_MESSAGE:
            expected = 404
        response = browser.get(address(name, reported))
        assert response.status_code == expected, name
        shown = SECRET in response.content.decode()
        assert shown == (expected == 200 and not hidden and name not in WITHOUT_WORDS), name
    assert everything_kept() == before


@pytest.mark.parametrize("who", ["colleague", "moderator"])
def test_posting_changes_nothing_where_one_may_not_look(who, state, reported, client_of, request):
    browser = client_of(request.getfixturevalue(who))
    for name in ANSWERS:
        if name in LOOKED_AT:
            continue
        before = everything_kept()
        response = browser.post(address(name, reported), POSTED | {"message": reported.pk})
        if state == "unpublished":
            expected = 404
        elif (refusal := ANSWERS[name][who == "moderator"]) in (403, 404):
            expected = refusal
        else:
            assert response.status_code == 302, name
            continue
        assert response.status_code == expected, name
        assert everything_kept() == before, name


def test_a_useful_mark_cannot_reach_a_message_through_another_sheet(
    practice, message, member, colleague, client_of
):
    elsewhere = make_practice(by=member)
    path = reverse("discussion:useful", args=["practices.practicepage", elsewhere.pk])
    assert client_of(colleague).post(path, {"message": message.pk}).status_code == 404
    assert not CommentFlag.objects.exists()


def test_unknown_objects_are_not_found(practice, moderator, client_of):
    browser = client_of(moderator)
    for kind in ("wagtailcore.page", "people.member", "x", "practices.practicepage"):
        for pk in (0, 999_999, 10**30):
            for name in ("write", "useful"):
                path = reverse(f"discussion:{name}", args=[kind, pk])
                assert browser.get(path).status_code == 404, path
                assert browser.post(path, {"message": pk}).status_code == 404, path
    for pk in (0, 999_999, 10**30):
        for name in ("reply", "edit", "withdraw", "report", "moderate"):
            path = reverse(f"discussion:{name}", args=[pk])
            assert browser.get(path).status_code == 404, path
            assert browser.post(path, POSTED).status_code == 404, path
    path = reverse("discussion:useful", args=["practices.practicepage", practice.pk])
    for typed in ("", "x", "-1", "²", "1 OR 1=1", "9" * 40, "\x00"):
        assert browser.post(path, {"message": typed}).status_code == 404, typed


def test_a_message_of_another_model_has_no_page(message, colleague, client_of, tree):
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    XtdComment.norel_objects.filter(pk=message.pk).update(
        content_type=ContentType.objects.get_for_model(Page)
    )
    assert client_of(colleague).get(reverse("discussion:reply", args=[message.pk])).status_code == 404


def test_the_library_has_no_address():
    for name in STOCK_NAMES:
        for arguments in ([], [1], ["k"], [1, 1], ["practices-practicepage", 1]):
            with pytest.raises(NoReverseMatch):
                reverse(name, args=arguments)
    for base in ("", "fr/", "nl/", "comments/", "fr/comments/", "fr/discussion/"):
        for path in STOCK_PATHS:
            try:
                view = resolve(f"/{base}{path}").func
            except Resolver404:
                continue
            # Wagtail's last resort looks every path up in the page tree, and finds nothing.
            assert view.__module__.startswith(("wagtail.", "agora.")), path


def test_no_view_of_the_library_is_mounted_anywhere():
    def views(resolver):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from views(pattern)
            else:
                yield pattern.callback

    mounted = [view.__module__ for view in views(get_resolver())]
    assert "agora.discussion.views" in mounted
    assert not [module for module in mounted if module.startswith(("django_comments", "rest_framework"))]


def test_even_called_by_hand_the_library_posts_nothing(rf, practice, colleague):
    import django_comments
    from django_comments.views.comments import post_comment as stock_post

    form = django_comments.get_form()(practice)
    data = form.initial | {"comment": "Par la bande", "name": "Lies", "email": colleague.email, "reply_to": 0}
    request = rf.post("/", data)
    request.user, request._dont_enforce_csrf_checks = colleague, True
    assert stock_post(request).status_code == 400
    assert not XtdComment.objects.exists()


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_outside_the_members_the_thread_says_nothing_of_its_messages(
    language, tree, member, pending, thread_of, django_assert_num_queries
):
    practice = make_practice(by=member, is_showcase=True)
    make_message(practice, member)
    for reader in (AnonymousUser(), pending):
        with django_assert_num_queries(0):
            html = thread_of(practice, reader, language)
        assert 'id="discussion"' in html
        assert SECRET not in html and member.first_name not in html
        assert "<form" not in html


def test_no_address_no_picture_and_no_name_of_anybody_leaves_with_the_message(
    practice, message, member, colleague, moderator, client_of, thread_of
):
    browser = client_of(moderator)
    pages = [thread_of(practice, colleague), thread_of(practice, moderator)]
    pages += [
        browser.get(address(name, message)).content.decode() for name in ("reply", "report", "moderate")
    ]
    for html in pages:
        assert member.email not in html
        assert "gravatar" not in html
        assert "<img" not in html
    message.refresh_from_db()
    assert (message.user_name, message.user_email, message.user_url) == ("", "", "")
    assert message.ip_address is None


def test_members_need_no_permission_of_the_library(colleague, practice):
    assert not colleague.get_all_permissions()
    assert make_message(practice, colleague).pk


def _every_way(browser, message: XtdComment):
    for name in ANSWERS:
        path = address(name, message)
        yield name, browser.get(path)
        yield name, browser.post(path, POSTED | {"message": message.pk})
