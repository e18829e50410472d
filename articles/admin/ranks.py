"""Model pages of the desk: who may open them follows from rank, and nothing in use is deleted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import PROTECT
from django.shortcuts import redirect

from accounts.permissions import is_managing_editor
from forum.lib.desk import SeenAdmin


class RankAdmin(SeenAdmin):
    """A model kept by people of a rank; `keepers` and `adders` are permissions."""

    keepers = adders = staticmethod(is_managing_editor)
    actions = None

    def has_view_permission(self, request, obj=None):
        return self.keepers(request.user)

    has_module_permission = has_change_permission = has_view_permission

    def has_add_permission(self, request):
        return self.adders(request.user)

    def has_delete_permission(self, request, obj=None):
        return self.adders(request.user)

    def save_model(self, request, obj, form, change):
        if change:
            obj.save(update_fields=[name for name in form.changed_data if name in self._columns()])
        else:
            obj.save(force_insert=True)

    def delete_view(self, request, object_id, extra_context=None):
        thing = self.get_object(request, object_id)
        if thing and self.has_delete_permission(request, thing) and is_used(thing):
            messages.error(
                request, f"“{thing}” is used by pieces, so it stays. Give it another name instead."
            )
            return redirect(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", thing.pk)
        return super().delete_view(request, object_id, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        """Refuse whoever may not see it before looking whether there is anything."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def _columns(self):
        return {field.name for field in self.model._meta.concrete_fields}


def is_used(thing):
    """Say whether anything else of ours names this thing."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: thing}).exists()
        for relation in thing._meta.related_objects
        if relation.many_to_many or relation.on_delete is PROTECT
    )
