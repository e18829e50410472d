"""What holds on every page whatever its words and its fonts are: nothing sticks out, breaks or is too small."""

from contextlib import contextmanager

WIDE = '"DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono", monospace'
NARROW = '"DejaVu Sans Condensed", "Liberation Sans Narrow", "Noto Sans Condensed", "Arial Narrow", sans-serif'
DRESS = """(face) => {
    for (const role of ["--serif", "--sans", "--mono"]) document.documentElement.style.setProperty(role, face)
}"""
UNDRESS = '() => ["--serif", "--sans", "--mono"].forEach((role) => document.documentElement.style.removeProperty(role))'

LATIN = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 4
ENDLESS = f" {LATIN} {'القسطنطينية' * 9} {'雾笛不是多余的东西' * 5} {'a' * 60}@{'b' * 60}.example "
OURS = (  # words of ours and of machines, which nobody makes longer
    "script, style, svg, time, textarea, kbd, [contenteditable], .prose-menubar, .visually-hidden, #result_list thead"
)
PLANT = """([endless, ours]) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found = []
    while (texts.nextNode()) {
        const it = texts.currentNode.parentElement
        const isShown = (it.closest("select") ?? it).checkVisibility()
        if (/\\p{L}/u.test(texts.currentNode.data) && isShown && !it.closest(ours)) found.push(texts.currentNode)
    }
    window.planted = found.filter((_, place) => place % 2).map((text) => [text, text.data])
    for (const [text] of planted) text.data = endless
}"""
TAKE_BACK = "() => { for (const [text, words] of planted) text.data = words }"

FAULTS = """() => {
    const faults = []
    const hidden = ".visually-hidden, .website-field"
    const isShown = (it) => it.checkVisibility({ visibilityProperty: true }) && !it.closest(hidden)
    const called = (it) => [it.localName, it.id && `#${it.id}`, ...[...it.classList].map((name) => `.${name}`)].join("")
    const place = (it) => `${called(it.parentElement)} > ${called(it)}`

    const page = document.documentElement
    if (page.scrollWidth > innerWidth) faults.push(`${page.scrollWidth} px wide in a window of ${innerWidth}`)

    for (const box of document.querySelectorAll("[type=checkbox], [type=radio]")) {
        const { width, height } = box.getBoundingClientRect()
        if (isShown(box) && Math.min(width, height) < 24) faults.push(`${place(box)} is only ${width} × ${height} px`)
    }

    const other = "input, select, textarea, pre, .prose-menubar *, .article-body" // whose tables hang out on purpose
    const places = document.body.querySelectorAll(`:not(${other})`)
    const full = [...places].filter((it) => {
        if (it.scrollWidth < it.clientWidth + 4 || !isShown(it)) return false // a turned arrow is wider than itself
        const { display, overflowX } = getComputedStyle(it)
        return display !== "inline" && !(["auto", "scroll"].includes(overflowX) && it.querySelector("table, pre"))
    })
    for (const it of full.filter((it) => !full.some((inner) => it !== inner && it.contains(inner)))) {
        faults.push(`${place(it)} has ${it.scrollWidth} px in ${it.clientWidth}`)
    }

    const range = document.createRange()
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
        const text = texts.currentNode
        if (!isShown(text.parentElement) || text.parentElement.closest("textarea, select, .prose-menubar")) continue
        for (const { 0: word, index } of text.data.matchAll(/(?<=^|\\s)[A-Za-z]{2,12}(?=\\s|$)/g)) {
            range.setStart(text, index)
            range.setEnd(text, index + word.length)
            const parts = [...range.getClientRects()]
            const isBroken = parts.some((part, at) => at && part.top > parts[at - 1].bottom - 2)
            if (isBroken) faults.push(`${place(text.parentElement)} breaks “${word}”`)
        }
    }
    return faults
}"""


def faults(page):
    """Return what is wider than its place, what box a finger would miss (WCAG 2.5.8), and what short word breaks."""
    return page.evaluate(FAULTS)


@contextmanager
def set_in(page, face):
    """Let a page be set in another face from top to bottom."""
    page.evaluate(DRESS, face)
    yield
    page.evaluate(UNDRESS)


@contextmanager
def endless_words(page):
    """Let every second text of a page, wherever it stands, be one that has next to no place to break."""
    page.evaluate(PLANT, [ENDLESS, OURS])
    yield
    page.evaluate(TAKE_BACK)
