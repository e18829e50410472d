"""Makes the pictures of the README from a running demonstration: `make run` in one terminal, this in another.

usage: .venv/bin/python docs/screenshots.py [http://127.0.0.1:8000]
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SITE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
HERE = Path(__file__).parent / "screenshots"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def shoot(page, address, name):
    """Save what stands above the fold at `address`."""
    page.goto(SITE + address)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / f"{name}.png")


def sign_in(page, person):
    """Sign a demonstration account in."""
    page.goto(f"{SITE}/accounts/login/")
    page.fill("input[name=login]", f"{person}@forum.example")
    page.fill("input[name=password]", "around-the-world")
    page.click("main form button[type=submit]")
    page.wait_for_load_state("networkidle")


def main():
    """Make all pictures."""
    HERE.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        shoot(page, "/", "home")
        article = page.get_by_role("link", name="The Door That Stops a Tank").first.get_attribute("href")
        shoot(page, article, "article")
        sign_in(page, "managing-editor")
        shoot(page, "/admin/", "desk")
        browser.close()


if __name__ == "__main__":
    main()
