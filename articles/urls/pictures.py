from django.urls import path

from articles.views import renditions

urlpatterns = [
    path("pictures/", renditions.nothing_here, name="pictures"),
    path("pictures/<slug:key>/<str:name>", renditions.public_picture, name="picture"),
    path("submissions/<slug:code>/pictures/", renditions.nothing_there, name="submission_pictures"),
    path(
        "submissions/<slug:code>/pictures/<slug:key>/<str:name>",
        renditions.submission_picture,
        name="submission_picture",
    ),
]
