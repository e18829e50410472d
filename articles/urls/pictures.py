from django.urls import path

from articles.views import pictures

urlpatterns = [
    path("pictures/", pictures.nothing_here, name="pictures"),
    path("pictures/<slug:key>/<str:name>", pictures.public_picture, name="picture"),
    path("submissions/<slug:code>/pictures/", pictures.nothing_there, name="submission_pictures"),
    path(
        "submissions/<slug:code>/pictures/<slug:key>/<str:name>",
        pictures.submission_picture,
        name="submission_picture",
    ),
]
