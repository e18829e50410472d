from django.urls import path

from comments.views import appealing, openness, own, posting, reading, reporting

urlpatterns = [
    path("about/moderation/", openness.moderation_rules, name="moderation_rules"),
    path("articles/<int:year>/<slug:slug>/comments/", posting.preview, name="comment_preview"),
    path("articles/<int:year>/<slug:slug>/comments/post/", posting.post, name="comment_post"),
    path("articles/<int:year>/<slug:slug>/comments/<int:number>/", reading.comment, name="comment"),
    path("comments/mine/", own.mine, name="my_comments"),
    path("comments/<int:pk>/appeal/", appealing.appeal_comment, name="appeal_comment"),
    path("comments/<int:pk>/report/", reporting.report, name="report_comment"),
    path("comments/<int:pk>/reword/", own.reword, name="reword_comment"),
    path("comments/<int:pk>/withdraw/", own.withdraw, name="withdraw_comment"),
    path("reports/<slug:receipt>/", reporting.receipt, name="report_receipt"),
    path("reports/<slug:receipt>/appeal/", appealing.appeal_report, name="appeal_report"),
]
