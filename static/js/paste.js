// Word processors say bold and italic with styles, and the site's policy empties every style attribute as
// soon as the text becomes elements. So styles are renamed while the text is still a string, and read here.

const named = (html) => html
  .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
  .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'])style\s*=/gi, "$1 data-style="))

const isNormal = (style) => /font-weight:\s*(normal|[1-4]00)/.test(style)
const isBold = (style) => /font-weight:\s*(bold|[6-9]00)/.test(style)

const MARKS = [
  ["strong", isBold],
  ["em", (style) => /font-style:\s*italic/.test(style)],
  ["sup", (style) => /vertical-align:\s*super/.test(style)],
  ["sub", (style) => /vertical-align:\s*sub/.test(style)],
]

function unwrap(element) {
  element.replaceWith(...element.childNodes)
}

function wrap(element, tag) {
  const mark = element.ownerDocument.createElement(tag)
  mark.append(...element.childNodes)
  element.append(mark)
}

function readStyle(element) {
  const style = element.dataset.style.toLowerCase()
  element.removeAttribute("data-style")
  if (element.matches("b, strong") && isNormal(style)) return unwrap(element)
  if (!element.matches("span, a, font")) return
  for (const [tag, says] of MARKS) {
    const inHeading = tag === "strong" && element.closest("h1, h2, h3, h4, h5, h6, th")
    if (says(style) && !inHeading) wrap(element, tag)
  }
}

function read(html) {
  const body = new DOMParser().parseFromString(named(html), "text/html").body
  for (const element of body.querySelectorAll("[data-style]")) readStyle(element)
  return body
}

/** Return HTML with its styles said as elements. */
export const tidied = (html) => read(html).innerHTML

/** Return HTML from another program: the same, without the marks that say nothing. */
export function pasted(html) {
  const body = read(html)
  for (const line of body.querySelectorAll(":scope > br, br.Apple-interchange-newline")) line.remove()
  for (const element of body.querySelectorAll("[dir=ltr]")) element.removeAttribute("dir")
  return body.innerHTML
}
