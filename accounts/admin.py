from allauth.account import admin as allauth_admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa import admin as mfa_admin  # noqa: F401
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth import admin as auth_admin  # noqa: F401
from django.contrib.auth.models import Group

from accounts.mail import post_reset
from accounts.mailroom import on_the_way
from accounts.models import User
from forum.lib.desk import SeenAdmin
from forum.lib.forms import Name, Several, YesNo

POWERS = {
    "moderator": "Moderator: reads comments and reports, keeps, hides or removes them",
    "editor": "Editor: all that, and reads, edits and decides on submissions",
    "managing editor": "Managing editor: all that, assigns, publishes and retracts",
}

for unwanted in (Group, EmailAddress, Authenticator):
    admin.site.unregister(unwanted)


class RolesField(Several):
    """The groups as roles in plain words."""

    def label_from_instance(self, group):
        return POWERS.get(group.name, group.name)


class PersonForm(forms.ModelForm):
    """What an administrator may say about a person."""

    groups = RolesField(
        Group.objects.order_by("pk"), label="Roles", required=False, widget=forms.CheckboxSelectMultiple
    )

    is_active = YesNo(
        label="The account",
        yes="Open: its owner may sign in",
        no="Closed: nobody signs in; what was written stays",
        error_messages={"required": "Say whether the account is open or closed."},
    )

    class Meta:
        model = User
        fields = ["name", "groups", "is_superuser", "is_named_officer", "is_active"]
        field_classes = {"name": Name}
        labels = {
            "is_named_officer": "Safety officer: sees what authors ask for their safety",
            "is_superuser": "Administrator: manages people, settings and the pages about the site; edits no piece",
        }
        help_texts = {
            "is_superuser": "",
            "is_named_officer": "Staff only. Where nobody is named, these are the managing editors.",
        }

    def clean(self):
        said = super().clean()
        is_staff = said.get("groups") or said.get("is_superuser") or self.instance.is_administrator
        if said.get("is_named_officer") and not is_staff:
            self.add_error("is_named_officer", "Give this person a role at the desk first.")
        return said


class NewPersonForm(PersonForm):
    """A new account; its owner signs in with a code sent to the address."""

    is_active = None

    class Meta(PersonForm.Meta):
        fields = ["email", "name", "groups", "is_superuser"]

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.at_address(email).members().exists():
            raise forms.ValidationError("There is an account at this address already.")
        return email

    def save(self, commit=True):  # noqa: FBT002 - the signature is Django's
        said = self.cleaned_data
        roles = [group.name for group in said["groups"]]
        self.instance = User.objects.register(
            said["email"], said["name"], groups=roles, superuser=said["is_superuser"]
        )
        self.save_m2m = lambda: None
        return self.instance


class OnThisPageForm(ActionForm):
    """What is done to the people who were ticked, and to nobody on another page of the list."""

    def clean_select_across(self):
        return False


@admin.register(User)
class PersonAdmin(SeenAdmin):
    """People: who they are, what they may do, and whether they may sign in."""

    form = PersonForm
    list_display = ["name", "email", "roles", "is_active", "is_invited", "joined_at"]
    list_filter = ["groups", "is_active", "is_invited"]
    search_fields = ["name", "email"]
    ordering = ["-joined_at"]
    action_form = OnThisPageForm
    actions = ["deactivate", "reactivate", "ask_for_new_password"]
    beside = []  # what other apps say of a person here

    def get_queryset(self, request):
        return super().get_queryset(request).with_groups()

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **{**({} if obj else {"form": NewPersonForm}), **kwargs})

    def get_fields(self, request, obj=None):
        if obj is None:
            return NewPersonForm.Meta.fields
        said = ["groups", "is_superuser", "is_named_officer", "is_active"]
        return ["name", "namesakes", "email", *self.beside, *said, "joined_at"]

    def get_readonly_fields(self, request, obj=None):
        own = ["is_superuser", "is_active"] if obj == request.user else []
        return ["namesakes", "email", "joined_at", *self.beside, *own] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if change:
            marks = {"is_superuser", "is_named_officer", "is_active"}
            obj.save(update_fields=["name", *(marks & set(form.cleaned_data))])

    @admin.display(description="Roles")
    def roles(self, person):
        names = [group.name for group in person.groups.all()]
        return ", ".join([*names, *(["administrator"] if person.is_superuser else [])])

    @admin.display(description="Called alike")
    def namesakes(self, person):
        """Return who else goes by such a name, so that somebody at the desk is not taken for a reader."""
        others = User.objects.looking_like(person).with_groups()[:20] if person.name else []
        said = [f"{other.name} ({', '.join([other.email, *filter(None, [self.roles(other)])])})" for other in others]
        return "; ".join(said) or "Nobody"

    @admin.action(description="Close the account")
    def deactivate(self, request, people):
        for person in people.exclude(pk=request.user.pk):
            person.deactivate()
        self._tell(request, "These accounts are closed. Your own stays open.")

    @admin.action(description="Open the account again")
    def reactivate(self, request, people):
        for person in people:
            person.reactivate()
        self._tell(request, "These accounts are open.")

    @admin.action(description="Send a mail for a new password")
    def ask_for_new_password(self, request, people):
        active = list(people.filter(is_active=True))
        for person in active:
            post_reset(person)
        closed = " Closed accounts get none." if len(active) < people.count() else ""
        self._tell(request, f"{on_the_way(len(active))}. Deliveries shows what becomes of it.{closed}")

    def _tell(self, request, sentence):
        self.message_user(request, sentence, messages.SUCCESS)
