"""Who is who: members, the state of their membership, and the roles they hold."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agora.vocabulary.models import Cpas, Function, Service, Theme

from .querysets import MemberQuerySet

# What people speak with colleagues and with the public, in the order of the form.
SPOKEN = {
    "fr": _("français"),
    "nl": _("néerlandais"),
    "en": _("anglais"),
    "de": _("allemand"),
    "ar": _("arabe"),
    "tr": _("turc"),
    "es": _("espagnol"),
    "pt": _("portugais"),
    "it": _("italien"),
    "ro": _("roumain"),
    "pl": _("polonais"),
    "uk": _("ukrainien"),
    "so": _("somali"),
    "ps": _("pachto"),
}


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):
    """Creates members by e-mail address; there are no user names."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> "Member":
        """Create and save a member; ValueError without an address."""
        if not email:
            raise ValueError("A member needs an e-mail address.")
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "Member":
        """Create an administrator who is already validated."""
        fields |= {"is_superuser": True, "is_staff": True, "status": Member.Status.ACTIVE}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, email: str) -> "Member":
        """Find a member by address, whatever its case."""
        return self.get(email__iexact=email)


class Member(AbstractBaseUser, PermissionsMixin):
    """A worker of a CPAS (or one of the few people who keep Agora), signed in by e-mail.

    Other members see name, function, service and CPAS; never the address. A new member sees only
    public pages until the relay of the CPAS says « c'est bien un collègue ». The row stays when
    someone leaves (status « parti »), so that what they wrote keeps its place; their name goes.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("en attente de validation")
        ACTIVE = "active", _("membre")
        REFUSED = "refused", _("refusé")
        SUSPENDED = "suspended", _("suspendu")
        LEFT = "left", _("parti")

    class Seniority(models.TextChoices):
        NOVICE = "0-1", _("moins de deux ans")
        JUNIOR = "2-5", _("de deux à cinq ans")
        CONFIRMED = "6-15", _("de six à quinze ans")
        SENIOR = "16+", _("plus de quinze ans")

    email = models.EmailField(_("adresse professionnelle"), unique=True)
    first_name = models.CharField(_("prénom"), max_length=60)
    last_name = models.CharField(_("nom"), max_length=60)
    language = models.CharField(
        _("langue de l’interface"),
        max_length=2,
        choices=[("fr", "Français"), ("nl", "Nederlands")],
        default="fr",
    )
    cpas = models.ForeignKey(
        Cpas, verbose_name=_("CPAS"), on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    function = models.ForeignKey(
        Function,
        verbose_name=_("fonction"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seniority = models.CharField(
        _("ancienneté dans le métier"), max_length=5, choices=Seniority.choices, blank=True, default=""
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("thèmes suivis"), blank=True, related_name="+")
    spoken = models.JSONField(_("langues parlées"), blank=True, default=list)
    # Whether searching for the name, the function or the CPAS shows this person to colleagues.
    is_findable = models.BooleanField(_("trouvable par la recherche"), default=True)

    status = models.CharField(
        _("état"), max_length=10, choices=Status.choices, default=Status.PENDING, db_index=True
    )
    validated_by = models.ForeignKey(
        "self",
        verbose_name=_("réponse donnée par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    validated_at = models.DateTimeField(_("réponse donnée le"), null=True, blank=True)
    answer_reason = models.CharField(_("raison de la réponse"), max_length=500, blank=True, default="")
    is_staff = models.BooleanField(_("équipe technique"), default=False)
    is_active = models.BooleanField(_("peut se connecter"), default=True)
    date_joined = models.DateTimeField(_("inscrit le"), default=timezone.now)

    objects = MemberManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = _("membre")
        verbose_name_plural = _("membres")
        ordering = ["last_name", "first_name"]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        """First and last name, as members see it."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """The first name, for the header."""
        return self.first_name

    @property
    def signature(self) -> str:
        """« Samira B. »: how a contribution is signed."""
        return f"{self.first_name} {self.last_name[:1]}." if self.last_name else self.first_name

    @property
    def spoken_names(self) -> list[str]:
        """The languages that the person speaks, in the interface's words."""
        return [str(name) for code, name in SPOKEN.items() if code in self.spoken]

    @property
    def is_validated(self) -> bool:
        """True when members-only things may be shown to this person."""
        return self.is_active and self.status == self.Status.ACTIVE


class FeedKey(models.Model):
    """What opens the feeds of one member to a reader of feeds, which cannot sign in.

    Its owner alone sees it, renews it and revokes it. The row holds half of the key: the other half is a
    signature by this installation, so that a copy of the database opens nothing. It goes with the account.
    """

    member = models.OneToOneField(
        Member, verbose_name=_("à qui"), on_delete=models.CASCADE, primary_key=True, related_name="feed_key"
    )
    nonce = models.CharField(_("moitié de la clé"), max_length=32, unique=True)
    created_at = models.DateTimeField(_("créée le"), default=timezone.now)

    class Meta:
        verbose_name = _("clé de fil")
        verbose_name_plural = _("clés de fil")

    def __str__(self) -> str:
        return str(self.member_id)
