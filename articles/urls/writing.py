from django.urls import path

from articles.views import (
    bylines,
    following,
    guests,
    links,
    notes,
    pictures,
    points,
    proof,
    safety,
    uploads,
    writing,
)

urlpatterns = [
    path("get-published/", writing.get_published, name="get_published"),
    path("get-published/new/", writing.new, name="writing_new"),
    path("get-published/again/", writing.again, name="writing_again"),
    path("submissions/", following.submissions, name="submissions"),
    path("submissions/<slug:code>/", following.submission, name="submission"),
    path("submissions/<slug:code>/write/", writing.write, name="submission_write"),
    path("submissions/<slug:code>/save/", writing.save, name="submission_save"),
    path("submissions/<slug:code>/upload/", uploads.upload, name="submission_upload"),
    path("submissions/<slug:code>/uploads/<int:pk>/use/", uploads.use, name="submission_use"),
    path("submissions/<slug:code>/figures/", pictures.pictures, name="submission_figures"),
    path("submissions/<slug:code>/figures/add/", pictures.add_picture, name="submission_add_figure"),
    path("submissions/<slug:code>/figures/try-again/", pictures.try_pictures_again, name="submission_try_figures"),
    path("submissions/<slug:code>/copy/", following.copy, name="submission_copy"),
    path("submissions/<slug:code>/discard/", following.discard, name="submission_discard"),
    path("submissions/<slug:code>/submit/", writing.submit, name="submission_submit"),
    path("submissions/<slug:code>/resubmit/", writing.resubmit, name="submission_resubmit"),
    path("submissions/<slug:code>/answers/", points.answers, name="submission_answers"),
    path("submissions/<slug:code>/answers/save/", points.save, name="submission_save_answers"),
    path("submissions/<slug:code>/read/", guests.read, name="submission_read"),
    *(
        path(f"submissions/<slug:code>/read/{verb}/", guests.decide, {"verb": verb}, name=f"submission_read_{verb}")
        for verb in guests.FORMS
    ),
    path("submissions/<slug:code>/declare/", bylines.declare, name="submission_declare"),
    path("submissions/<slug:code>/consent/", bylines.consent, name="submission_consent"),
    path("submissions/<slug:code>/change_byline/", bylines.change_byline, name="submission_change_byline"),
    path("submissions/<slug:code>/refuse/", bylines.refuse, name="submission_refuse"),
    path("submissions/<slug:code>/take_name_off/", bylines.take_name_off, name="submission_take_name_off"),
    path("submissions/<slug:code>/link/<str:token>/", links.link, name="submission_link"),
    path("submissions/<slug:code>/link/<str:token>/fresh/", links.fresh_link, name="submission_fresh_link"),
    path("submissions/<slug:code>/link/<str:token>/identify/", links.identify, name="submission_identify"),
    path("submissions/<slug:code>/link/<str:token>/<slug:page>/", links.link, name="submission_link_to"),
    path("submissions/<slug:code>/take_back/", following.take_back, name="submission_take_back"),
    path("submissions/<slug:code>/extend/", following.extend, name="submission_extend"),
    path("submissions/<slug:code>/write_editor/", following.write_editor, name="submission_write_editor"),
    path("submissions/<slug:code>/withdraw/", following.withdraw, name="submission_withdraw"),
    path(
        "submissions/<slug:code>/notes/<int:pk>/answer/", notes.answer_note, name="submission_answer_note"
    ),
    path("submissions/<slug:code>/notes/<int:pk>/done/", notes.finish_note, name="submission_finish_note"),
    path("submissions/<slug:code>/sign_off/", proof.sign_off, name="submission_sign_off"),
    path("submissions/<slug:code>/changes/", proof.changes, name="submission_own_changes"),
    path("submissions/<slug:code>/safety/", safety.safety, name="submission_safety"),
    path(
        "submissions/<slug:code>/request_correction/",
        proof.request_correction,
        name="submission_request_correction",
    ),
]
