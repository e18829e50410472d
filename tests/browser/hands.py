"""Two ways of using a page: by the keys alone, and by touching it."""

import re

import pytest

MOST_TABS = 250
FOCUSED = """() => {
    const it = document.activeElement;
    const label = it.labels && it.labels[0];
    const name = it.getAttribute("aria-label") || (label && label.innerText) || it.innerText || it.name || "";
    return [name.trim().replace(/\\s+/g, " "), it.type || it.tagName.toLowerCase()];
}"""
REACHED = """([name, wanted]) => {
    const it = document.activeElement;
    return it.type === "radio" && [...document.getElementsByName(it.name)].some(
        (other) => other.labels[0].innerText.trim() === wanted && other !== it);
}"""


class Keys:
    """Whoever has no mouse."""

    def __init__(self, page):
        self.page = page
        page.on("filechooser", lambda _: None)  # waited for only at the press, it is now and then not heard of

    def presses(self, name):
        """Follow a link or press a button."""
        self._to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def writes(self, label, words):
        """Put words in the place of what a field holds."""
        self._to(label)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def chooses(self, label):
        """Tick a box, or choose one of several."""
        if self._to(label, radios=True) == label:
            self.page.keyboard.press("Space")
            return
        for _ in range(12):
            self.page.keyboard.press("ArrowDown")
            if self._focused()[0] == label:
                return
        pytest.fail(f"The arrows do not lead to “{label}” on {self.page.url}")

    def selects(self, label, option):
        """Choose from a list by typing the beginning of the option."""
        self._to(label)
        self.page.keyboard.type(option)

    def dates(self, at):
        """Type a day and an hour, part by part as the browser asks for them."""
        self._to("Day")
        self.page.keyboard.type(f"{at:%m%d%Y}")
        self._to("Hour")
        self.page.keyboard.type(f"{at:%I%M%p}")

    def sends(self, label, file):
        """Choose a file."""
        self._to(label)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    def _to(self, name, *, radios=False):
        """Press Tab until the focus stands there (or on another radio button of its group); return where it stands."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            found, _kind = self._focused()
            if re.fullmatch(re.escape(name) + r"( optional)?", found):
                return name
            if radios and self.page.evaluate(REACHED, [found, name]):
                return found
        return pytest.fail(f"Tab does not lead to “{name}” on {self.page.url}")

    def _focused(self):
        return self.page.evaluate(FOCUSED)


class Fingers:
    """Whoever has a phone."""

    def __init__(self, page):
        self.page = page

    def presses(self, name):
        """Follow a link or press a button."""
        with self.page.expect_navigation():
            self.named(name).click()

    def named(self, name):
        """Return the link or button of this name."""
        link = self.page.get_by_role("link", name=name, exact=True)
        return link.or_(self.page.get_by_role("button", name=name, exact=True)).first

    def writes(self, label, words):
        """Put words in the place of what a field holds."""
        self._field(label).fill(words)

    def chooses(self, label):
        """Tick a box, or choose one of several."""
        self.page.get_by_label(label, exact=True).first.check()

    def selects(self, label, option):
        """Choose from a list."""
        self._field(label).select_option(label=option)

    def dates(self, at):
        """Choose a day and an hour."""
        self.page.get_by_label("Day", exact=True).fill(f"{at:%Y-%m-%d}")
        self.page.get_by_label("Hour", exact=True).fill(f"{at:%H:%M}")

    def sends(self, label, file):
        """Choose a file."""
        self._field(label).set_input_files(file)

    def _field(self, label):
        return self.page.get_by_label(re.compile(re.escape(label) + r"\s*(optional)?$")).first


HANDS = {"desktop": Keys, "phone": Fingers}
