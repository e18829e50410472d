"""Users, as every other part of the site asks for them."""

from django.contrib.auth.models import Group
from django.db import models

from accounts.names import alike
from accounts.permissions import Rank
from forum.lib.rows import Beside


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
        desk = models.Q(pk__in=self.moderators().values("pk")) | models.Q(pk__in=self.administrators().values("pk"))
        return self.filter(desk, digest=True).exclude(had).order_by("pk")

    def reached(self, pk):
        """Return the address of one of these people whose account is open, or None."""
        return self.filter(pk=pk, is_active=True).values_list("email", flat=True).first()

    def members(self):
        """Return everybody who has an account: who was only invited has proven no address yet."""
        return self.filter(is_invited=False)

    def at_the_desk(self):
        """Return everybody to whom the desk is open."""
        staff = models.Q(is_superuser=True) | models.Q(groups__name__in=Rank.groups())
        return self.filter(staff, is_active=True).distinct()

    def looking_like(self, person):
        """Return the other people who go by a name that looks like this person's; it looks at each of them."""
        named = self.exclude(pk=person.pk).exclude(name="").values_list("pk", "name")
        return self.filter(pk__in=[pk for pk, name in named.iterator() if alike(name, person.name)])

    def named_officers(self):
        """Return the staff whom the administrator named as safety officers."""
        return self.at_the_desk().filter(is_named_officer=True)

    def with_groups(self):
        """Return the same people, ready for a list that shows their roles."""
        return self.prefetch_related("groups")

    def with_names_of_groups(self):
        """Return the same people, each with her groups' names as `named_groups`."""
        named = Group.objects.filter(user=models.OuterRef("pk")).order_by()
        return self.annotate(named_groups=Beside(named, "name"))

    def at_address(self, email):
        """Return who has this address: as a confirmed one, or as the account's own."""
        email = email.lower()
        confirmed = models.Q(emailaddress__email=email, emailaddress__verified=True)
        return self.filter(confirmed | models.Q(email=email)).distinct()

    def addresses(self):
        """Return every address at which these people are found or that they have proven."""
        proven = self.model.objects.filter(pk__in=self.values("pk"), emailaddress__verified=True)
        return {*self.values_list("email", flat=True), *proven.values_list("emailaddress__email", flat=True)}

    def locked(self, person):
        """Return somebody only invited, locked until the transaction ends so that nobody takes her over, or None."""
        return person and self.select_for_update(no_key=True).filter(pk=person.pk, is_invited=True).first()

    def found(self, email):
        """Return whoever has this address, locked if she is only invited, or None."""
        person = self.at_address(email).first()
        if person and person.is_invited:
            return self.locked(person) or self.at_address(email).first()  # an account since, hers or another's
        return person
