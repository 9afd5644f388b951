"""Questions, through their pages and acts: asking, answering, quietly or not, on time or not."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from agora.discussion.actions import post_comment, withdraw_comment
from agora.drafts.models import Draft
from agora.people.roles import MODERATOR
from agora.vocabulary.models import Theme
from forum.models import Duty, Question
from forum.questions import actions, letters, moderating, permissions
from forum.questions.clock import due, easter, holidays
from practices.drafting import publish_draft
from practices.models import Provenance

NAME = "Zqxprudhomme"


def themes(*slugs):
    return Theme.objects.filter(slug__in=slugs or ["accueil-flux"])


def asked(by, title="Comment annoncer un refus au guichet ?", **more) -> Question:
    more.setdefault("themes", themes())
    return actions.ask(by, title, more.pop("text", ""), language="fr", **more)


def at(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("moment", "owed"),
    [
        ("2026-03-16 09:00", "2026-03-19 18:00"),  # a Monday
        ("2026-03-19 23:30", "2026-03-24 18:00"),  # over a week-end
        ("2026-04-02 10:00", "2026-04-08 18:00"),  # Easter Monday is the sixth
        ("2026-12-24 10:00", "2026-12-30 18:00"),  # Christmas is a Friday
    ],
)
def test_an_answer_is_owed_in_three_working_days(moment, owed):
    assert due(at(moment)) == at(owed)


def test_easter_falls_where_the_almanac_says():
    assert [easter(year).isoformat() for year in (2024, 2025, 2026, 2038)] == [
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2038-04-25",
    ]
    assert len(holidays(2026)) == 10


def test_a_member_asks_by_the_page_and_a_colleague_answers(make_member, client_of):
    asker, other = make_member(first_name="Nadia"), make_member(first_name="Lies", cpas="21010")
    form = {"title": "Qui connaît un interprète tigrigna ?", "themes": ["accueil-flux"], "language": "fr"}
    answer = client_of(asker).post(reverse("forum:ask"), form | {"sign": "name"}, follow=True)
    found = Question.objects.get()
    assert answer.redirect_chain[-1][0] == found.get_absolute_url()
    assert "Attend une réponse avant" in answer.content.decode()
    colleague = client_of(other)
    address = reverse("discussion:write", args=["forum.question", found.pk])
    page = colleague.post(address, {"text": "Le service social de l’hôpital en a une."}, follow=True)
    assert "Le service social de l’hôpital" in page.content.decode()
    found.refresh_from_db()
    assert (found.answers, found.answered_at is not None) == (1, True)
    assert "Répondue" in client_of(asker).get(reverse("forum:questions")).content.decode()


def test_what_is_refused_comes_back_with_the_text(make_member, client_of):
    form = {"title": "Et le 02 512 34 56, vous l’appelez ?", "language": "fr", "sign": "name"}
    answer = client_of(make_member()).post(reverse("forum:ask"), form | {"themes": ["accueil-flux"]})
    assert answer.status_code == 422
    assert "02 512 34 56" in answer.content.decode() and not Question.objects.exists()
    nothing = client_of(make_member()).post(reverse("forum:ask"), {"title": "\x00", "text": "x" * 9000})
    assert nothing.status_code == 422


def test_the_same_question_sent_twice_is_asked_once_and_a_flood_is_refused(make_member):
    by = make_member()
    assert asked(by).pk == asked(by).pk
    for number in range(4):
        asked(by, f"Et la {number} ?", is_quiet=True)
    with pytest.raises(actions.ValidationError):
        asked(by, "Une de trop ?")


@pytest.fixture
def quiet(make_member) -> Question:
    """A question that somebody asked without a name, with an answer that helped."""
    by = make_member(first_name="Canari", last_name=NAME, email="zqxprudhomme@cpas.example")
    made = asked(by, "Comment dire que je n’en peux plus ?", text="Depuis un mois.", is_quiet=True)
    made.by = by
    made.answer = post_comment(make_member(cpas="21010"), made, "Parlez-en à une collègue d’ailleurs.")
    actions.say_helped(by, made, made.answer.pk)
    return made


def test_nothing_says_who_asked_quietly_but_the_moderators_screen(quiet, make_member, client_of, subtests):
    addresses = [
        quiet.get_absolute_url(),
        reverse("forum:questions"),
        reverse("forum:report_question", args=[quiet.pk]),
        reverse("forum:similar") + "?titre=Comment dire que je n’en peux plus",
        reverse("search:results") + "?q=peux+plus",
        reverse("home"),
    ]
    who = {
        "member": client_of(make_member()),
        "moderator": client_of(make_member(roles=[MODERATOR], cpas=None)),
        "asker": client_of(quiet.by),
    }
    for role, browser in who.items():
        for address in addresses:
            with subtests.test(f"{role} {address}"):
                shown = browser.get(address).content.decode()
                assert NAME not in shown
                assert role == "asker" or "Canari" not in shown  # one's own header holds one's first name
    screen = who["moderator"].get(reverse("forum:moderate_question", args=[quiet.pk]))
    assert f"Canari {NAME[:1]}." in screen.content.decode()
    by_name = who["member"].get(reverse("search:results") + f"?q={NAME}").content.decode()
    assert quiet.title not in by_name  # the directory may know the person, never what they asked
    assert who["member"].get(reverse("forum:moderate_question", args=[quiet.pk])).status_code == 403


def test_the_database_does_not_say_it_either(quiet, settings):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT author_id, asker FROM forum_question WHERE id = %s", [quiet.pk])
        author, sealed = cursor.fetchone()
        cursor.execute("SELECT numbers FROM forum_quiet")
        (numbers,) = cursor.fetchone()
    assert author is None
    assert sealed.startswith("gAAAA") and numbers.startswith("gAAAA")
    assert "asker" in Question.objects.get(pk=quiet.pk).get_deferred_fields()


def test_whoever_asked_quietly_still_changes_it_and_cannot_betray_themselves(quiet, client_of, make_member):
    browser = client_of(quiet.by)
    edit = reverse("forum:edit_question", args=[quiet.pk])
    words = {"title": "Comment dire que j’ai besoin d’aide ?", "text": "Depuis un mois."}
    shown = browser.post(edit, words, follow=True).content.decode()
    assert "j’ai besoin d’aide" in shown and "modifié" in shown
    assert NAME not in shown
    address = reverse("discussion:write", args=["forum.question", quiet.pk])
    assert browser.post(address, {"text": "Merci."}).status_code == 403
    assert client_of(make_member()).get(edit).status_code == 404
    assert "besoin d’aide" in browser.get(reverse("forum:my_questions")).content.decode()


def test_later_one_adds_instead_of_changing(make_member, client_of):
    by = make_member()
    made = asked(by)
    Question.objects.filter(pk=made.pk).update(asked_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(actions.ValidationError):
        actions.edit(by, made, "Autre chose ?", "")
    edit = reverse("forum:edit_question", args=[made.pk])
    shown = client_of(by).post(edit, {"text": "C’est pour un premier entretien."}, follow=True)
    assert "Précision du" in shown.content.decode()


def test_referents_then_stand_ins_are_written_to_and_nobody_is_named(
    make_member, django_capture_on_commit_callbacks
):
    referent, second = make_member(), make_member(cpas="21010")
    Duty.objects.create(theme=themes().get(), referent=referent, stand_in=second)
    with django_capture_on_commit_callbacks(execute=True):
        made = asked(make_member(cpas="21002"), "Un mot secret zqxsecret ?")
    assert [letter.to for letter in mail.outbox] == [[referent.email]]

    def passed(moment):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            letters.remind(moment)
        return [letter.to[0] for letter in mail.outbox]

    assert passed(made.asked_at) == []
    before = made.due_at - timedelta(minutes=1)
    assert passed(before) == [referent.email]
    assert "zqxsecret" not in mail.outbox[0].body + mail.outbox[0].subject
    assert passed(before) == []
    late = made.due_at + timedelta(minutes=1)
    assert passed(late) == [second.email] and passed(late) == []


def test_an_answered_question_reminds_nobody(make_member, django_capture_on_commit_callbacks):
    referent = make_member()
    Duty.objects.create(theme=themes().get(), referent=referent)
    made = asked(make_member(cpas="21002"))
    post_comment(make_member(cpas="21010"), made, "Oui.")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        letters.remind(made.due_at + timedelta(days=1))
        call_command("remind_referents")
    assert mail.outbox == []


def test_who_asked_hears_of_the_first_answer_by_a_letter_that_says_nothing(
    quiet, make_member, django_capture_on_commit_callbacks
):
    made = asked(quiet.by, "Une autre zqxsecret ?", is_quiet=True)
    with django_capture_on_commit_callbacks(execute=True):
        answer = post_comment(make_member(cpas="21010"), made, "Voilà zqxanswer.")
        post_comment(make_member(cpas="21010"), made, "Et voici.")
    assert [letter.to for letter in mail.outbox] == [[quiet.by.email]]
    assert "zqx" not in mail.outbox[0].body
    withdraw_comment(answer.user, answer)
    made.refresh_from_db()
    assert made.answers == 1


def test_what_helped_is_said_by_the_asker_alone_and_taken_back(make_member, client_of):
    by, other = make_member(), make_member(cpas="21010")
    made = asked(by)
    answer = post_comment(other, made, "Par une lettre, avec un rendez-vous.")
    act = reverse("forum:question_act", args=[made.pk])
    assert client_of(other).post(act, {"yes": answer.pk}).status_code == 404
    browser = client_of(by)
    assert "A aidé" in browser.post(act, {"yes": answer.pk}, follow=True).content.decode()
    made.refresh_from_db()
    assert made.helped == 1
    assert "A aidé" not in browser.post(act, {"no": answer.pk}, follow=True).content.decode()
    assert browser.post(act, {"yes": "9" * 40}).status_code == 404
    assert browser.post(act, {"yes": 10**9}, follow=True).status_code == 200


def test_a_closed_question_takes_no_answer_until_it_is_open_again(make_member, client_of):
    by, other = make_member(), make_member(cpas="21010")
    made = asked(by)
    act = reverse("forum:question_act", args=[made.pk])
    assert client_of(other).post(act, {"act": "close"}).status_code == 404
    client_of(by).post(act, {"act": "close"})
    write = reverse("discussion:write", args=["forum.question", made.pk])
    assert client_of(other).post(write, {"text": "Oui."}).status_code == 403
    client_of(by).post(act, {"act": "reopen"})
    assert client_of(other).post(write, {"text": "Oui."}).status_code == 302


def test_a_question_becomes_a_sheet_that_says_where_it_comes_from_and_never_who(
    tree, quiet, make_member, client_of
):
    writer = make_member(cpas="21002")
    act = reverse("forum:question_act", args=[quiet.pk])
    answer = client_of(writer).post(act, {"act": "promote"})
    draft = Draft.objects.get(owner=writer)
    assert str(draft.pk) in answer["Location"]
    assert draft.data["kind"] == "tip"
    assert "Parlez-en à une collègue" in draft.data["problem"]
    assert NAME not in str(draft.data) and "Canari" not in str(draft.data)
    draft.data |= {"summary": "Dire qu’on n’en peut plus."}
    draft.save()
    sheet = publish_draft(draft, by=writer)
    quiet.refresh_from_db()
    assert quiet.sheet_id == sheet.pk
    born = client_of(make_member()).get(sheet.get_absolute_url()).content.decode()
    assert "D’une question posée sur Agora" in born and Provenance.objects.get(sheet=sheet).cpas == 0
    shown = client_of(make_member()).get(quiet.get_absolute_url()).content.decode()
    assert "Cette question est devenue une fiche" in shown and sheet.get_absolute_url() in shown


def test_a_withdrawn_question_is_emptied_and_its_answers_stay(quiet, client_of, make_member):
    browser = client_of(quiet.by)
    browser.post(reverse("forum:withdraw_question", args=[quiet.pk]))
    reader = client_of(make_member())
    shown = reader.get(quiet.get_absolute_url()).content.decode()
    assert "Parlez-en à une collègue" in shown and "je n’en peux plus" not in shown
    assert quiet.title not in reader.get(reverse("forum:questions")).content.decode()
    assert Question.objects.values_list("title", "text").get(pk=quiet.pk) == ("", "")
    alone = asked(quiet.by, "Seule ?")
    actions.withdraw(quiet.by, alone)
    assert reader.get(alone.get_absolute_url()).status_code == 404


def test_a_report_is_decided_with_a_reason_both_hear_of_it_and_the_asker_appeals(
    quiet, make_member, client_of, django_capture_on_commit_callbacks
):
    reporter = make_member(cpas="21004")
    first, second = (make_member(roles=[MODERATOR], cpas=None) for _ in range(2))
    report = reverse("forum:report_question", args=[quiet.pk])
    client_of(reporter).post(report, {"reason": "hurtful", "explanation": "Trop dur."})
    queue = client_of(first).get(reverse("discussion:reports")).content.decode()
    assert quiet.title in queue
    decide = reverse("forum:moderate_question", args=[quiet.pk])
    browser = client_of(first)
    assert "Dites pourquoi" in browser.post(decide, {"outcome": "removed"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(decide, {"outcome": "removed", "reason": "Le ton zqxmotif."})
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([reporter.email, quiet.by.email])
    assert all("zqxmotif" not in letter.body for letter in mail.outbox)
    assert "zqxmotif" in client_of(reporter).get(reverse("forum:my_questions")).content.decode()
    asker = client_of(quiet.by)
    assert "zqxmotif" in asker.get(quiet.get_absolute_url()).content.decode()
    shown = client_of(make_member()).get(quiet.get_absolute_url()).content.decode()
    assert "zqxmotif" not in shown and quiet.title not in shown
    appeal = reverse("forum:appeal", args=[quiet.pk])
    assert asker.post(appeal, {"words": "Je parle de moi."}).status_code == 302
    assert asker.get(appeal).status_code == 404  # once
    assert "une autre personne" in browser.post(decide, {"outcome": "restored"}).content.decode()
    assert client_of(second).post(decide, {"outcome": "restored", "reason": "D’accord."}).status_code == 302
    assert quiet.title in client_of(make_member()).get(quiet.get_absolute_url()).content.decode()


def test_the_queryset_and_the_predicate_agree(quiet, make_member):
    other = make_member()
    rows = [quiet, asked(other), asked(other, "Retirée ?"), asked(other, "Enlevée ?")]
    answered = asked(other, "Enlevée et répondue ?")
    post_comment(make_member(cpas="21010"), answered, "Oui.")
    actions.withdraw(other, rows[2])
    for each in (rows[3], answered):
        moderating.decide(make_member(roles=[MODERATOR], cpas=None), each, "removed", "Non.")
    for user in (other, make_member(status="pending"), make_member(roles=[MODERATOR])):
        found = set(permissions.readable_by(user).values_list("pk", flat=True))
        assert found == {q.pk for q in Question.objects.all() if permissions.can_read(user, q)}
    assert permissions.readable_by(other).count() == 3


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_much_for_thirty_as_for_one(
    number, make_member, client_of, django_assert_num_queries
):
    for each in range(number):
        made = asked(make_member(), f"Question numéro {each} ?", is_quiet=each % 2 == 0)
        post_comment(make_member(cpas="21010"), made, "Oui.")
    browser = client_of(make_member())
    browser.get(reverse("forum:questions"))
    with django_assert_num_queries(6):
        assert browser.get(reverse("forum:questions")).status_code == 200


def test_filters_narrow_and_nonsense_does_not_break(make_member, client_of):
    by = make_member()
    old = asked(by, "Vieille et seule ?")
    Question.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=5))
    asked(by, "Neuve et seule ?")
    post_comment(make_member(cpas="21010"), asked(by, "Répondue déjà ?", themes=themes("emploi")), "Oui.")
    browser = client_of(make_member())

    def shown(query):
        page = browser.get(reverse("forum:questions") + query).content.decode()
        return {word for word in ("Vieille", "Neuve", "Répondue déjà") if word in page}

    assert shown("") == {"Vieille", "Neuve", "Répondue déjà"}
    assert shown("?etat=sans-reponse") == {"Vieille", "Neuve"}
    assert shown("?etat=longtemps") == {"Vieille"}
    assert shown("?etat=repondues") == {"Répondue déjà"}
    assert shown("?theme=emploi") == {"Répondue déjà"}
    assert shown("?langue=nl") == set()
    assert shown("?etat=zz&theme=%00&page=999&tri=x") == {"Vieille", "Neuve", "Répondue déjà"}
