"""What every model owes to whoever meets it: a name, a story, a fate when somebody leaves."""

from django.apps import apps
from django.db import models
from django.db.models.fields.related import RelatedField
from django.utils.functional import Promise

from agora.people.models import Member

from .sources import ROOT

# What becomes of each row when the account of the person it points to is deleted.
# Nothing that others rely on goes with its author; what was only ever theirs goes.
WHEN_A_PERSON_LEAVES = {
    "practices.Adoption.declared_by": "SET_NULL",  # the CPAS declared, not the worker
    "practices.RevisionNote.author": "SET_NULL",  # the history stays, without the name
    "practices.RevisionNote.reviewer": "SET_NULL",  # the same
    "practices.Proposal.author": "SET_NULL",  # the proposal can still be accepted
    "practices.Proposal.answered_by": "SET_NULL",  # the answer holds when its author leaves
    "practices.PracticePage.fallback_owner": "SET_NULL",  # the sheet waits for another keeper
    "practices.Lineage.declared_by": "SET_NULL",  # one sheet adapts another, whoever said so
    "practices.CpasContext.updated_by": "SET_NULL",  # the CPAS is described, not the worker
    "practices.Alignment.aligned_by": "SET_NULL",  # the two texts agree, whoever checked
    "practices.Useful.member": "CASCADE",  # thanks are taken back with the account
    "practices.ReadingList.owner": "CASCADE",  # gathered for oneself, or shared in one's name
    "practices.SavedFilter.owner": "CASCADE",  # nobody else ever saw it
    "search.FollowedSearch.owner": "CASCADE",  # the same
    "search.FollowingPace.member": "CASCADE",  # the same
    "search.SilentNeed.handled_by": "SET_NULL",  # taken in hand, whoever did
    "search.SheetRequest.author": "SET_NULL",  # what is missing is still missing
    "discussion.Decision.by": "SET_NULL",  # a moderation must stay explicable
    "attachments.Attachment.uploaded_by": "SET_NULL",  # sheets still carry the file
    "attachments.Attachment.withdrawn_by": "SET_NULL",  # a withdrawal must stay explicable
    "airlock.Vouch.by": "SET_NULL",  # the number is still to be looked at
    "airlock.Vouch.seen_by": "SET_NULL",  # it was looked at, whoever did
    "drafts.Draft.owner": "CASCADE",  # nobody else ever saw it
    "api.ApiToken.member": "CASCADE",  # it opens what its owner may read, and nothing else
    "forum.MethodVersion.frozen_by": "SET_NULL",  # rooms follow it, whoever froze it
    "forum.Seat.member": "CASCADE",  # the place goes with the person; what was signed stays without the name
    "forum.Seat.invited_by": "SET_NULL",  # the guest stays invited
    "forum.RoomEvent.by": "SET_NULL",  # it happened, whoever did it
    "forum.RoomEvent.about": "SET_NULL",  # the same
    "forum.Contribution.author": "SET_NULL",  # the group leans on the text
    "forum.Question.author": "SET_NULL",  # its answers serve others
    "forum.Quiet.member": "CASCADE",  # which questions somebody asked quietly goes with them
    "forum.Duty.referent": "SET_NULL",  # the place waits for another
    "forum.Duty.stand_in": "SET_NULL",  # the same
    "forum.QuestionReport.by": "CASCADE",  # who is gone waits for no answer
    "forum.QuestionReport.decided_by": "SET_NULL",  # the decision holds
    "forum.DebateChange.by": "SET_NULL",  # the history of a debate stands
    "forum.SecondReading.asked_by": "SET_NULL",  # it was asked, whoever did
    "forum.SecondReading.reader": "SET_NULL",  # the answer holds; unanswered, another is asked
    "forum.SecondReading.passed_by": "SET_NULL",  # the motive stays
    "forum.OutsideAccess.asked_by": "SET_NULL",  # the room must know that it was opened
    "forum.OutsideAccess.first_key_by": "SET_NULL",  # the same
    "forum.OutsideAccess.second_key_by": "SET_NULL",  # the same
    "forum.OutsideAccess.refused_by": "SET_NULL",  # the same
    "people.FeedKey.member": "CASCADE",  # it opens what its owner may read, and nothing else
    "people.Member.validated_by": "SET_NULL",  # the validation holds when the relay leaves
    "library.AgoraImage.uploaded_by_user": "SET_NULL",  # Wagtail's choice: pages still show the picture
    "library.AgoraDocument.uploaded_by_user": "SET_NULL",  # the same
}
# Nobody meets a row of these: no page and no admin screen names them.
NEVER_MET = {
    "library.AgoraRendition",
    "vocabulary.Stamp",
    "practices.CatalogueStamp",
    "practices.SentReminder",
    "forum.Quiet",
    "attachments.FileText",
}


def our_models() -> list[type[models.Model]]:
    """Return the models of our rooms, those that Django makes for many-to-many links left out."""
    return [
        model
        for config in apps.get_app_configs()
        if str(config.path).startswith(str(ROOT)) and "site-packages" not in str(config.path)
        for model in config.get_models()
    ]


def label(model: type[models.Model]) -> str:
    """Return `people.Member`."""
    return model._meta.label


def met() -> list[type[models.Model]]:
    """Return the models that somebody meets by name."""
    return [model for model in our_models() if label(model) not in NEVER_MET]


def test_there_are_models_to_look_at():
    assert "practices.PracticePage" in {label(model) for model in our_models()}


def test_every_model_says_what_a_row_is():
    # Django writes « Name(field, field) » itself where nobody wrote anything.
    bare = [
        label(m)
        for m in our_models()
        if not (m.__doc__ or "").strip() or m.__doc__.startswith(f"{m.__name__}(")
    ]
    assert bare == []


def test_every_model_has_a_translated_name():
    untranslated = []
    for model in met():
        options = model._meta.original_attrs
        for option in ("verbose_name", "verbose_name_plural"):
            if not isinstance(options.get(option), Promise):
                untranslated.append(f"{label(model)}.{option}")
    assert untranslated == []


def test_names_are_written_in_small_letters():
    capitals = []
    for model in met():
        name = str(model._meta.verbose_name)
        if name[0].isupper() and not name[1:2].isupper():
            capitals.append(f"{label(model)}: {name}")
    assert capitals == []


def test_every_field_has_a_translated_name():
    untranslated = []
    for model in met():
        inherited = {field for parent in model._meta.get_parent_list() for field in parent._meta.local_fields}
        for field in model._meta.local_fields:
            ours = field not in inherited and not field.auto_created and not _borrowed(model, field)
            if ours and not field.primary_key and not isinstance(field._verbose_name, Promise):
                untranslated.append(f"{label(model)}.{field.name}")
    assert untranslated == []


def _borrowed(model: type[models.Model], field: models.Field) -> bool:
    """Tell whether a field was written by a library (an abstract parent of Wagtail or Django)."""
    for parent in model.__mro__:
        abstract = "_meta" in vars(parent) and parent._meta.abstract
        if abstract and parent.__module__.split(".")[0] in ("wagtail", "django"):
            names = {other.name for other in parent._meta.local_fields}
            if field.name in names:
                return True
    return isinstance(field, models.OneToOneField) and bool(field.remote_field.parent_link)


def test_what_becomes_of_rows_when_a_person_leaves_is_decided():
    found = {}
    for model in our_models():
        for field in model._meta.local_fields:
            if isinstance(field, RelatedField) and field.related_model is Member:
                found[f"{label(model)}.{field.name}"] = field.remote_field.on_delete.__name__
    assert found == WHEN_A_PERSON_LEAVES
