"""The texts about the site: who reads them, who changes them."""

import pytest
from django.core.exceptions import PermissionDenied

from forum.lib.text.prose import count_words
from forum.pages.models import Page, SiteSettings
from forum.pages.shipped import shipped
from tests.opened import seen

pytestmark = pytest.mark.django_db
SHIPPED = [fields["slug"] for fields in shipped()]
ADDRESSES = {
    "about": "/about/",
    "welcome": "/about/welcome/",
    "how-we-label": "/about/how-we-label/",
    "moderation": "/about/moderation/",
    "support": "/support/",
    "terms": "/terms/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
}


def test_every_shipped_text_is_there_from_the_start():
    assert sorted(Page.objects.values_list("slug", flat=True)) == sorted(SHIPPED)
    assert sorted(SHIPPED) == sorted([*ADDRESSES, "contact"])


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_shipped_text_survives_cleaning_as_it_was_written(slug):
    (written,) = [fields["body"] for fields in shipped() if fields["slug"] == slug]
    page = Page.objects.by_slug(slug)
    assert page.body == written.replace("\n", "")
    assert count_words(page.body) <= 600


@pytest.mark.parametrize(("slug", "address"), ADDRESSES.items())
def test_a_page_reads_the_same_for_everyone_without_a_session(client, slug, address):
    page = Page.objects.by_slug(slug)
    assert page.get_absolute_url() == address
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"
    assert not response.cookies
    assert str(page.html) in response.text
    assert client.get(address).content == response.content


def test_links_in_the_texts_lead_somewhere(rosa, signed_in):
    reader = signed_in(rosa)
    linked = {part.split('"')[0] for page in Page.objects.all() for part in page.body.split('href="')[1:]}
    assert {address for address in linked if reader.get(address).status_code != 200} == set()


def test_a_page_nobody_wrote_is_not_found(client):
    Page.objects.filter(slug="terms").delete()
    assert client.get("/terms/").status_code == 404
    assert Page.objects.by_slug("terms") is None


@pytest.mark.parametrize("person", ["maggie", "ada"])
def test_a_managing_editor_and_the_administrator_rewrite_a_page(cast, person, client):
    page = Page.objects.by_slug("support")
    body = "<p>Read<script>x</script>.</p>"
    page.rewrite(by=cast[person], title="Help us", standfirst="", body=body)
    assert (page.body, page.html) == ("<p>Read.</p>", "<p>Read.</p>")
    assert "Help us" in client.get("/support/").text


@pytest.mark.parametrize("person", ["rosa", "sami", "mina", "edith"])
def test_nobody_else_rewrites_a_page(cast, person, signed_in):
    page = Page.objects.by_slug("support")
    with pytest.raises(PermissionDenied):
        page.rewrite(by=cast[person], title="Mine", standfirst="", body="<p>Mine.</p>")
    page.refresh_from_db()
    assert page.title == "Support us"
    browser = signed_in(cast[person])
    for address in (f"/admin/pages/page/{page.pk}/change/", "/admin/pages/sitesettings/1/change/"):
        assert browser.get(address, follow=True).status_code == 403


def test_the_settings_are_one_row_and_only_what_changed_is_written(ada, signed_in):
    desk = signed_in(ada)
    assert desk.get("/admin/pages/sitesettings/").url == "/admin/pages/sitesettings/1/change/"
    assert desk.get("/admin/pages/sitesettings/add/").status_code == 403
    said = {
        "name": "The Forum",
        "tagline": "Both sides",
        "founded": "2002",
        "twitter": "https://x.example/forum",
        "publisher_is_not_accepter": "no",
        "discussion_days": "30",
    }
    place = "/admin/pages/sitesettings/1/change/"
    assert desk.post(place, said | seen(desk, place)).status_code == 302
    site = SiteSettings.get()
    assert (site.name, site.profiles) == ("The Forum", [("Twitter", "https://x.example/forum")])
    assert '<a href="https://x.example/forum" rel="me noopener">Twitter</a>' in desk.get("/about/").text
    refused = desk.post(place, said | seen(desk, place) | {"twitter": "javascript:alert(1)"})
    assert "beginning with https://" in refused.text


def test_the_cookie_of_a_form_is_forgotten_with_the_browser(client):
    client.get("/contact/")
    assert list(client.cookies) == ["csrftoken"]
    assert client.cookies["csrftoken"]["max-age"] == client.cookies["csrftoken"]["expires"] == ""
