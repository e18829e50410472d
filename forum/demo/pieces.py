"""The printed pieces and the submissions of the demonstration site, made by the newsroom's own verbs."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from articles.models import Article, Author, Edition, Kind, Picture, Question, Region, Submission, Topic
from articles.models.private.declaration import Declaration
from articles.signing import digest_of, signers
from articles.tasks import prepare_picture
from forum.demo import content
from forum.demo.people import make_writer

NO_PICTURE_YET = "0" * 20  # a key that no picture has

COUNTRIES = {
    "CL": "Chile",
    "CM": "Cameroon",
    "DK": "Denmark",
    "FJ": "Fiji",
    "GB": "United Kingdom",
    "GE": "Georgia",
    "GH": "Ghana",
    "ID": "Indonesia",
    "IN": "India",
    "IR": "Iran",
    "JP": "Japan",
    "KE": "Kenya",
    "KR": "South Korea",
    "KZ": "Kazakhstan",
    "MX": "Mexico",
    "PH": "Philippines",
    "PL": "Poland",
    "TR": "Türkiye",
    "US": "United States",
    "ZA": "South Africa",
}

STUDENT = "b09"
STRANGER = {"key": "admissions", "name": "Global Admissions", "biography": "Your partner for study abroad."}


def declared(page):
    """Return what an author declares about a page, by its head."""
    conflict, course = page.get("conflict", "").removeprefix("None."), page.get("course", "")
    figures = {"figures": (["own"], "")} if page.get("figure") else {}
    return {
        "original": (["new"], ""),
        "elsewhere": (["no"], ""),
        "interests": (["yes"], conflict) if conflict else (["no"], ""),
        "ai": (page.get("ai", "none").split(), page.get("ai_use", "").removeprefix("None.").strip()),
        "coursework": (["unknown"], course) if course else (["no"], ""),
        **figures,
    }


class Newsroom:
    """The desk and its writers, as the demonstration needs them."""

    def __init__(self, accounts):
        self.accounts = accounts
        self.editor, self.publisher = accounts["editor"], accounts["managing-editor"]
        self.kinds, self.topics, self.regions = (
            {row.slug: row for row in model.objects.all()} for model in (Kind, Topic, Region)
        )
        questions = content.table("questions.toml", "question")
        self.questions = {row["slug"]: Question.objects.create(**row) for row in questions}
        self.authors = {row["key"]: row for row in [*content.table("authors.toml", "author"), STRANGER]}
        self.writers = {}
        self.articles = {}

    def writer(self, key):
        """Return the account behind an author or one of the demonstration accounts."""
        key = {STUDENT: "student"}.get(key, key)
        if key in self.accounts:
            return self.accounts[key]
        if key not in self.writers:
            self.writers[key] = make_writer(key, self.authors[key]["name"])
        return self.writers[key]

    def draft(self, page):
        """Write a draft with all that its author gives."""
        keys = page["authors"] or [STRANGER["key"]]
        user, about = self.writer(keys[0]), self.authors[keys[0]]
        piece = Submission.begin(
            by=user,
            name=about["name"],
            biography=about["biography"],
            title=page["title"],
            standfirst=page.get("standfirst", ""),
            body=page["body"].replace("FIGURE", NO_PICTURE_YET),
        )
        for order, key in enumerate(keys[1:], 2):
            other = self.authors[key]
            author = Author.called(other["name"], user=self.writer(key), biography=other["biography"])
            piece.bylines.create(order=order, name=author.name, biography=author.biography, author=author)
        piece.record(
            perspective=page["perspective"].replace("not-stated", ""),
            perspective_words=page.get("perspective_words", ""),
            perspective_country=COUNTRIES.get(page.get("perspective_country", ""), ""),
        )
        Declaration.keep(piece, by=user, said=declared(page))
        return piece

    def complete(self, piece, page):
        """Do what an editor does after accepting: classify, add the figure and the side taken."""
        piece.classify(
            kind=self.kinds[page["kind"]],
            topics=[self.topics[slug] for slug in page["topics"]],
            regions=[self.regions[slug] for slug in page["regions"]],
        )
        if page.get("question"):
            piece.answers.create(question=self.questions[page["question"]], stance=page["stance"])
        if page.get("figure"):
            self.illustrate(piece, page)
        if page.get("responds_to"):
            piece.record(responds_to=self.articles.get(page["responds_to"]))

    def illustrate(self, piece, page):
        """Put the drawn figure where the text says FIGURE."""
        picture = Picture.keep(
            content.figure(page["figure"]),
            alt=page.get("figure_alt", ""),
            credit=page.get("figure_credit", ""),
            submission=piece,
        )
        prepare_picture.call(picture.pk)
        piece.refresh_from_db()
        body = piece.body.replace(NO_PICTURE_YET, picture.key)
        piece.write(by=self.editor, version=piece.version, body=body)

    def accepted(self, page):
        """Bring a piece to its copy-editing."""
        piece = self.draft(page)
        piece.submit(by=piece.corresponding_author)
        piece.take_up(by=self.editor)
        piece.accept(by=self.editor)
        for byline, key in zip(piece.bylines.all(), page["authors"], strict=True):
            Author.objects.filter(pk=byline.author_id).update(
                affiliation=self.authors[key].get("affiliation", ""),
                is_pen_name=self.authors[key].get("pen_name", False),
            )
        self.complete(piece, page)
        return piece

    def proof(self, page):
        piece = self.accepted(page)
        self.edit(piece, page.get("edits", []))
        piece.send_proof(by=self.editor)
        return piece

    def edit(self, piece, edits):
        """Let the editor change some words before the proof, for the author to take or leave."""
        body = piece.body
        for before, after in edits:
            body = body.replace(before, after)
        if edits:
            piece.write(by=self.editor, version=piece.version, body=body)

    def ready(self, page):
        piece = self.proof(page)
        for author in User.objects.filter(pk__in=signers(piece)):
            piece.sign_off(by=author, digest=digest_of(piece))
        return piece

    def article(self, page):
        """Print a piece, as if on its day."""
        slip = page.get("slip")
        first = {**page, "body": page["body"].replace(slip["right"], slip["wrong"])} if slip else page
        article = self.ready(first).publish(by=self.publisher)
        day = timezone.now() - timedelta(days=page["days_ago"], minutes=37 * article.pk % 600)
        self.date_back(article, day)
        if slip:
            self.correct(article, slip, day + timedelta(days=slip["after_days"]))
        self.articles[page["stem"]] = article

    def correct(self, article, slip, day):
        """Print the next edition, with its note, as if on that day."""
        body = article.edition.body.replace(slip["wrong"], slip["right"])
        article.amend(by=self.editor, change=slip["change"], note=slip["note"], body=body)
        Edition.objects.filter(pk=article.edition_id).update(made_at=day)
        article.events.filter(verb="amend").update(at=day)

    def date_back(self, article, day):
        """Let a piece have appeared on an earlier day; only the demonstration does this."""
        year = timezone.localtime(day).year
        dates = {"published_at": day, "announced_at": day, "moved_at": day}
        Article.objects.filter(pk=article.pk).update(year=year, **dates)
        Edition.objects.filter(article=article).update(made_at=day)
        article.events.update(at=day)
        begun, events = day - timedelta(days=3), list(article.submission.events.all())
        for place, event in enumerate(events):
            at = begun + place * timedelta(days=3) / len(events)
            article.submission.events.filter(pk=event.pk).update(at=at)
        Submission.objects.filter(pk=article.submission_id).update(begun_at=begun, moved_at=day)
        article.refresh_from_db()
