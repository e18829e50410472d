// What a body may hold although the toolbar does not make it: pictures placed by the desk, the direction and
// language of a block, the caption and heading rows of a table. The editor gives them back as they were.
import { Extension, Node } from "django-prose-editor/editor"

const attributes = (...names) => Object.fromEntries(names.map((name) => [
  name,
  {
    default: null,
    parseHTML: (element) => element.getAttribute(name),
    renderHTML: (values) => (values[name] === null ? {} : { [name]: values[name] }), // lists would write "null"
  },
]))

const captionOf = (table) => table.querySelector("caption")?.innerHTML ?? null

export const Picture = Node.create({
  name: "picture",
  group: "block",
  content: "inline*",
  draggable: true,
  isolating: true,
  addAttributes: () => attributes("data-picture"),
  parseHTML: () => [
    { tag: "figure[data-picture]", contentElement: (figure) => figure.querySelector("figcaption") ?? figure },
    { tag: "caption", ignore: true },
  ],
  renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, ["figcaption", 0]],
})

export const Kept = Extension.create({
  name: "kept",
  addGlobalAttributes: () => [
    {
      types: ["paragraph", "heading", "blockquote", "bulletList", "orderedList", "listItem", "table", "picture"],
      attributes: attributes("dir", "lang"),
    },
    { types: ["tableHeader"], attributes: attributes("scope") },
    { types: ["table"], attributes: { "data-caption": { default: null, parseHTML: captionOf } } },
    { types: ["link"], attributes: attributes("title") },
  ],
})

/** Return the text as it is kept: captions and heading rows in their own elements again. */
export function kept(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body
  for (const table of body.querySelectorAll("table")) {
    const rows = [...table.rows]
    const after = rows.findIndex((row) => row.querySelector("td"))
    const heading = rows.slice(0, after === -1 ? 0 : after)
    if (heading.length) table.createTHead().append(...heading)
    if (table.dataset.caption) table.createCaption().innerHTML = table.dataset.caption
    table.removeAttribute("data-caption")
  }
  for (const code of body.querySelectorAll("pre > code")) code.replaceWith(...code.childNodes)
  return body.innerHTML
}
