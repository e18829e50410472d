from django.db import migrations
from django.db.models import OuterRef, Subquery
from django.utils import timezone


def end_approvals(apps, schema_editor):
    """End the approvals given to an earlier proof: its authors are asked once more, rather than never."""
    proofs = apps.get_model("articles", "Revision").objects.filter(
        submission=OuterRef("submission"), verb="send_proof"
    )
    sent = Subquery(proofs.order_by("-number").values("made_at")[:1])
    approvals = apps.get_model("articles", "SignOff").objects.filter(submission__status="proof", void_at=None)
    approvals.filter(at__lt=sent).update(void_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_old_declarations_gone")]

    operations = [migrations.RunPython(end_approvals, migrations.RunPython.noop)]
