from django.urls import path

from comments.views import appealing, openness, own, posting, reading, regarding, reporting

ARTICLE = "articles/<int:year>/<slug:slug>/comments/"

urlpatterns = [
    path("about/moderation/", openness.moderation_rules, name="moderation_rules"),
    path(ARTICLE, posting.preview, name="comment_preview"),
    path(f"{ARTICLE}post/", posting.post, name="comment_post"),
    path(f"{ARTICLE}follow/", regarding.follow, name="follow_discussion"),
    path(f"{ARTICLE}unfollow/", regarding.unfollow, name="unfollow_discussion"),
    path(f"{ARTICLE}seen/", regarding.seen, name="seen_discussion"),
    path(f"{ARTICLE}<int:number>/", reading.comment, name="comment"),
    path("comments/mine/", own.mine, name="my_comments"),
    path("comments/mail/<str:token>/", regarding.choose_mail, name="comment_mail"),
    path("comments/mail/<str:token>/stop/", regarding.stop_mail, name="stop_comment_mail"),
    path("comments/muted/<int:pk>/unmute/", regarding.unmute, name="unmute"),
    path("comments/<int:pk>/appeal/", appealing.appeal_comment, name="appeal_comment"),
    path("comments/<int:pk>/changes/", reading.changes, name="comment_changes"),
    path("comments/<int:pk>/edit/", own.edit, name="edit_comment"),
    path("comments/<int:pk>/mute/", regarding.mute, name="mute_comment"),
    path("comments/<int:pk>/report/", reporting.report, name="report_comment"),
    path("comments/<int:pk>/respect/", regarding.respect, name="respect_comment"),
    path("comments/<int:pk>/respect/take-back/", regarding.take_back, name="take_back_respect"),
    path("comments/<int:pk>/reword/", own.reword, name="reword_comment"),
    path("comments/<int:pk>/withdraw/", own.withdraw, name="withdraw_comment"),
    path("comments/sanctions/<int:pk>/appeal/", appealing.appeal_sanction, name="appeal_sanction"),
    path("objections/<str:token>/", appealing.appeal_ruling, name="appeal_ruling"),
    path("objections/guest/<str:token>/", appealing.appeal_guest, name="appeal_guest"),
    path("objections/guest/<str:token>/<slug:verb>/", appealing.appeal_guest_decide, name="appeal_guest_decide"),
    path("reports/<slug:receipt>/", reporting.receipt, name="report_receipt"),
    path("reports/<slug:receipt>/appeal/", appealing.appeal_report, name="appeal_report"),
    path("reports/confirm/<str:token>/", reporting.confirm, name="report_confirm"),
]
