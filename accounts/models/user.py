from django.contrib.auth.models import AbstractBaseUser, Group, PermissionsMixin
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.permissions import Rank, is_administrator, is_editor, is_managing_editor, is_moderator


class UserQuerySet(models.QuerySet):
    """People, as the desk asks for them."""

    def of_rank(self, rank):
        """Return the active people with at least this rank."""
        groups = [other.group for other in Rank if other >= rank]
        return self.filter(is_active=True, groups__name__in=groups).distinct()

    def moderators(self):
        """Return everybody who may moderate."""
        return self.of_rank(Rank.MODERATOR)

    def editors(self):
        """Return everybody who may edit."""
        return self.of_rank(Rank.EDITOR)

    def managing_editors(self):
        """Return everybody who leads the desk."""
        return self.of_rank(Rank.MANAGING_EDITOR)

    def administrators(self):
        """Return everybody who manages people and settings."""
        return self.filter(is_active=True, is_superuser=True)

    def without_digest_of(self, day):
        """Return the people at the desk who want the daily mail and have not had that day's."""
        had = models.Q(digested_on__gte=day)
        return self.moderators().filter(digest=True).exclude(had).order_by("pk")

    def members(self):
        """Return everybody who has an account: who was only invited has proven no address yet."""
        return self.filter(is_invited=False)

    def named_officers(self):
        """Return the staff whom the administrator named as safety officers."""
        staff = models.Q(is_superuser=True) | models.Q(groups__name__in=Rank.groups())
        return self.filter(staff, is_active=True, is_named_officer=True).distinct()

    def with_groups(self):
        """Return the same people, ready for a list that shows their roles."""
        return self.prefetch_related("groups")

    def at_address(self, email):
        """Return who has this address: as a confirmed one, or as the account's own."""
        email = email.lower()
        confirmed = models.Q(emailaddress__email=email, emailaddress__verified=True)
        return self.filter(confirmed | models.Q(email=email)).distinct()


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):
    """Registers people: an address, a name, and what they may do."""

    use_in_migrations = False

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())

    @transaction.atomic
    def register(self, email, name, *, password=None, groups=(), superuser=False):
        """Make an account whose address is known to be right; without a password, codes are the way in."""
        invited = self.filter(email=email.lower(), is_invited=True).first()
        user = invited or self.model(email=email.lower(), is_invited=True)
        user.name, user.is_superuser = name, superuser
        user.set_password(password)
        user.save(force_insert=not invited)
        user.groups.set(Group.objects.filter(name__in=groups))
        user.arrive()
        return user

    def invite(self, email, name):
        """Return whoever has this address; the first time that is somebody we know, who has proven nothing yet."""
        if person := self.at_address(email).first():
            return person
        person = self.model(email=email.lower(), name=name[:80], is_invited=True)
        person.set_unusable_password()
        try:
            with transaction.atomic():
                person.save(force_insert=True)
                person.emailaddress_set.create(email=person.email, verified=False, primary=True)
        except IntegrityError:
            return self.at_address(email).get()
        return person

    def of_address(self, email, name):
        """Return whoever has this proven address; the first time that is a new account."""
        if person := self.at_address(email).first():
            if person.is_invited:
                person.rename(name or person.name)
                person.arrive()
            return person
        try:
            return self.register(email, name)
        except IntegrityError:
            return self.at_address(email).get()

    def create_superuser(self, email, name, password=None):
        """Make an administrator, for Django's own command."""
        return self.register(email, name, password=password, superuser=True)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: known by an address, shown by a name."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("name", max_length=80, help_text="Shown beside what you write.")
    is_active = models.BooleanField("may sign in", default=True)
    digest = models.BooleanField("one mail a day, when something waits for me at the desk", default=True)
    digested_on = models.DateField(null=True, editable=False)
    is_invited = models.BooleanField("invited only", default=False, editable=False)
    is_named_officer = models.BooleanField("safety officer", default=False)
    joined_at = models.DateTimeField("joined", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case")]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @cached_property
    def rank(self):
        """Return the highest rank among this person's groups; nobody deactivated has one."""
        if not self.is_active or not self.pk:
            return Rank.NONE
        names = {group.name for group in self.groups.all()}
        return max((rank for rank in Rank if rank.group in names), default=Rank.NONE)

    is_moderator = property(is_moderator)
    is_editor = property(is_editor)
    is_managing_editor = property(is_managing_editor)
    is_administrator = property(is_administrator)

    @property
    def is_staff(self):
        """Say whether the desk is open to this person."""
        return self.is_moderator or self.is_administrator

    def has_perm(self, perm, obj=None):
        """Leave to administrators what no rank is asked for; there are no single permissions to grant."""
        return self.is_administrator

    def has_module_perms(self, app_label):
        return self.is_administrator

    def refresh_from_db(self, *args, **kwargs):
        self.__dict__.pop("rank", None)
        super().refresh_from_db(*args, **kwargs)

    def rename(self, name):
        """Change the name shown beside what this person writes from now on."""
        self.name = name
        self.save(update_fields=["name"])

    def choose_digest(self, *, wanted):
        """Switch the daily mail about the desk on or off."""
        self.digest = wanted
        self.save(update_fields=["digest"])

    def take_digest(self, day):
        """Take the writing of this day's mail; False when another clock has it, or it is not wanted any more."""
        mine = User.objects.filter(pk=self.pk, digest=True).exclude(digested_on__gte=day)
        return bool(mine.update(digested_on=day))

    @transaction.atomic
    def arrive(self):
        """Make an account of somebody invited, whose address is known to be right from now on."""
        if type(self).objects.filter(pk=self.pk, is_invited=True).update(is_invited=False, joined_at=timezone.now()):
            address = {"verified": True, "primary": True}
            self.emailaddress_set.update_or_create(email=self.email, defaults=address)
        self.is_invited = False

    def deactivate(self):
        """Close the account: nobody signs in with it and every session ends."""
        self.is_active = False
        self.save(update_fields=["is_active"])

    def reactivate(self):
        """Open the account again."""
        self.is_active = True
        self.save(update_fields=["is_active"])
