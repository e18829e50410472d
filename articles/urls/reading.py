from django.urls import path

from articles import feeds, sitemaps
from articles.views import browsing, corrections, messages, reading

urlpatterns = [
    path("articles/<int:year>/<slug:slug>/", reading.article, name="article"),
    path("articles/<int:year>/<slug:slug>/print/", reading.article_print, name="article_print"),
    path("articles/<int:year>/<slug:slug>/versions/", corrections.versions, name="article_versions"),
    path(
        "articles/<int:year>/<slug:slug>/versions/<int:old>..<int:new>/",
        corrections.difference,
        name="article_difference",
    ),
    path("articles/<int:year>/<slug:slug>/correct/", messages.suggest_correction, name="suggest_correction"),
    path("articles/<int:year>/<slug:slug>/report/", messages.report_page, name="report_page"),
    path("topics/<slug:slug>/", browsing.topic, name="topic"),
    path("topics/<slug:slug>/feed.atom", feeds.topic, name="topic_feed"),
    path("regions/<slug:slug>/", browsing.region, name="region"),
    path("regions/<slug:slug>/feed.atom", feeds.region, name="region_feed"),
    path("kinds/<slug:slug>/", browsing.kind, name="kind"),
    path("kinds/<slug:slug>/feed.atom", feeds.kind, name="kind_feed"),
    path("authors/", browsing.authors, name="authors"),
    path("authors/<slug:slug>/", browsing.author, name="author"),
    path("authors/<slug:slug>/feed.atom", feeds.author, name="author_feed"),
    path("archive/", browsing.archive, name="archive"),
    path("archive/<int:year>/<int:month>/", browsing.archive_month, name="archive_month"),
    path("questions/", browsing.questions, name="questions"),
    path("questions/<slug:slug>/", browsing.question, name="question"),
    path("questions/<slug:slug>/feed.atom", feeds.question, name="question_feed"),
    path("search/", browsing.search, name="search"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/feed.atom", feeds.corrections, name="corrections_feed"),
    path("contact/", messages.contact, name="contact"),
    path("messages/<slug:receipt>/", messages.message_receipt, name="message_receipt"),
    path("feed.atom", feeds.newest, name="feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_of_pages"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.part, name="sitemap_of"),
]
