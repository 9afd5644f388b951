"""Every address of Agora. Our own views stand before Wagtail's catch-all, under a language prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from agora.home import machines

urlpatterns = [
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("", include("agora.people.doors")),
    path("api/", include("agora.api.program_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

urlpatterns += i18n_patterns(
    # First: what is read most should not wait for ninety other addresses to be compared.
    path("", include("practices.urls")),
    path("", include("agora.home.urls")),
    path("", include("agora.people.account_urls")),
    path("", include("agora.people.urls")),
    path("", include("agora.api.urls")),
    path("", include("agora.directory.urls")),
    path("", include("forum.urls")),
    path("", include("agora.drafts.urls")),
    path("", include("agora.attachments.urls")),
    path("", include("agora.richtext.urls")),
    path("", include("agora.discussion.urls")),
    path("", include("agora.airlock.urls")),
    path("", include("search.urls")),
    path("", include("agora.home.serving")),
)

if settings.DEBUG:
    from django.conf.urls.static import static

    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

handler400 = "agora.home.views.bad_request"
handler403 = "agora.home.views.forbidden"
handler404 = "agora.home.views.not_found"
