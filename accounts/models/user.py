from django.contrib.auth.models import AbstractBaseUser, Group, PermissionsMixin
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from accounts import names
from accounts.models.people import UserQuerySet
from accounts.models.taking_over import TakingOver
from accounts.permissions import Rank, is_administrator, is_editor, is_managing_editor, is_moderator, office
from forum.lib.asked import Given, asked
from forum.lib.moves import Refused


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):
    """Registers people: an address, a name, and what they may do."""

    use_in_migrations = False

    def get(self, *args, **said):
        """Fetch by key as Django does on every page of somebody signed in: with her groups, by SQL written once."""
        is_of_all = type(self) is UserManager  # and not of those of one group, or of another database
        if is_of_all and not self._db and not args and said.keys() == {"pk"}:
            return signed_in.get(person=said["pk"])
        return super().get(*args, **said)

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())

    @transaction.atomic
    def register(self, email, name, *, password=None, groups=(), superuser=False):
        """Make an account whose address is known to be right; without a password, codes are the way in."""
        invited = self.locked(self.filter(email=email.lower(), is_invited=True).first())
        user = invited or self.model(email=email.lower(), is_invited=True)
        user.name, user.is_superuser = name, superuser
        user.set_password(password)
        user.save(force_insert=not invited)
        user.groups.set(Group.objects.filter(name__in=groups))
        user.arrive()
        return user

    @transaction.atomic
    def invite_all(self, named, *, by):
        """Return whoever has each of these addresses, by it; in one order, so that no two wait for each other."""
        return {email: self.invite(email, named[email], by=by) for email in sorted(named)}

    @transaction.atomic
    def invite(self, email, name, *, by):
        """Return whoever has this address; the first time that is somebody we know, who has proven nothing yet.

        The desk may know her by a name that others go by; an author may not.
        """
        if person := self.found(email):
            return person
        known_as = name[:80] if getattr(by, "is_staff", False) else names.free(name[:80])
        person = self.model(email=email.lower(), name=known_as, is_invited=True)
        person.set_unusable_password()
        try:
            with transaction.atomic():
                person.save(force_insert=True)
                person.emailaddress_set.create(email=person.email, verified=False, primary=True)
        except IntegrityError:
            return self.found(email)
        return person

    @transaction.atomic
    def of_address(self, email, name):
        """Return whoever has this proven address; the first time that is a new account."""
        if person := self.found(email):
            if person.is_invited:
                person.be_called(names.free(name, person) or person.name)
                person.arrive()
            return person
        try:
            return self.register(email, names.free(name))
        except IntegrityError:
            return self.at_address(email).get()

    def create_superuser(self, email, name, password=None):
        """Make an administrator, for Django's own command."""
        return self.register(email, name, password=password, superuser=True)


class User(TakingOver, AbstractBaseUser, PermissionsMixin):
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
        indexes = [
            models.Index("id", name="user_named_officer", condition=models.Q(is_named_officer=True)),
            models.Index(fields=["-joined_at", "-id"]),
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    @property
    def greeted_as(self):
        """Return what a letter calls this person; never nothing."""
        return self.name or "author"

    @property
    def window_key(self):
        """Return what stands for this person in the windows of her browser, and tells nobody who she is."""
        return salted_hmac("accounts.window", str(self.pk), algorithm="sha256").hexdigest()[:32]

    @cached_property
    def rank(self):
        """Return the highest rank among this person's groups; nobody deactivated has one."""
        if not self.is_active or not self.pk:
            return Rank.NONE
        if "named_groups" in self.__dict__:
            return Rank.highest([name for (name,) in self.named_groups])
        known = "groups" in getattr(self, "_prefetched_objects_cache", {})
        return Rank.highest({group.name for group in self.groups.all()} if known else groups_of(person=self.pk))

    is_moderator = property(is_moderator)
    is_editor = property(is_editor)
    is_managing_editor = property(is_managing_editor)

    @property
    def addresses(self):
        """Return every address at which she is found or that she has proven."""
        return type(self).objects.filter(pk=self.pk).addresses()
    is_administrator = property(is_administrator)

    @property
    def is_staff(self):
        """Say whether the desk is open to this person."""
        return self.is_moderator or self.is_administrator

    @property
    def office(self):
        """Return what this person is here, in the word that readers know; "" for a reader."""
        return office(self.rank, is_administrator=self.is_administrator)

    def has_perm(self, perm, obj=None):
        """Leave to administrators what no rank is asked for; there are no single permissions to grant."""
        return self.is_administrator

    def has_module_perms(self, app_label):
        return self.is_administrator

    def refresh_from_db(self, *args, **kwargs):
        for known in ("rank", "named_groups"):
            self.__dict__.pop(known, None)
        super().refresh_from_db(*args, **kwargs)

    @transaction.atomic
    def rename(self, name):
        """Change the name shown beside what this person writes from now on; Refused where others go by it."""
        if complaint := names.complaint(name, self):
            raise Refused(complaint)
        if self.name and name != self.name:
            self.earlier_names.create(name=self.name)
        self.be_called(name)

    @property
    def lately(self):
        """Return the names she left within ninety days, the last first, for moderators; never the present one."""
        return [str(left) for left in self.earlier_names.all() if left.is_told and left.name != self.name]

    def be_called(self, name):
        """Bear a name that this site's own people gave her, or that nobody else goes by."""
        self.name = name
        self.save(update_fields=["name"])

    def take_name(self, name):
        """Be known by a name she gave elsewhere, where she has none so far."""
        if not self.name and (free := names.free(name[:80], self)):
            self.be_called(free)

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


@asked
def signed_in():
    """Return a person with the names of her groups, by which she has her rank."""
    return User.objects.filter(pk=Given("person")).with_names_of_groups()


@asked
def groups_of():
    """Return the names of somebody's groups."""
    return Group.objects.filter(user=Given("person")).values_list("name", flat=True)
