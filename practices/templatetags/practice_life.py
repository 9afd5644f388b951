"""`{% life_tiles practice %}`: the four tiles of a practice, for the pages of other rooms."""

from django import template
from django.utils.safestring import SafeString

from agora.face.templatetags.face import tiles

from ..life import tiles_of
from ..models import PracticePage

register = template.Library()


@register.simple_tag
def life_tiles(practice: PracticePage) -> SafeString:
    """Draw the tiles of a sheet annotated with `tried_elsewhere`; its maturity must stand in words beside."""
    return tiles(tiles_of(practice.maturity, practice.tried_elsewhere))
