"""The addresses of the newsroom, one file per audience."""

from articles.urls.pictures import urlpatterns as pictures
from articles.urls.reading import urlpatterns as reading
from articles.urls.writing import urlpatterns as writing

urlpatterns = [*reading, *writing, *pictures]
