// Turns every <textarea data-editor> into a rich text editor that writes back into it.
import * as prose from "django-prose-editor/editor"
import { Footnote } from "forum/footnote"
import { Kept, Picture, kept } from "forum/kept"
import { pasted, tidied } from "forum/paste"

const GROUPS = ["headings", "marks", "link", "nodes -blockType", "lists", "notes", "table", "history"]

const EXTENSIONS = [
  prose.Document,
  prose.Paragraph,
  prose.Text,
  prose.HardBreak,
  prose.HorizontalRule,
  prose.Heading.configure({ levels: [2, 3, 4] }),
  prose.Bold,
  prose.Italic,
  prose.Subscript,
  prose.Superscript,
  prose.Code,
  prose.CodeBlock,
  prose.BulletList,
  prose.OrderedList.configure({ enableListAttributes: false }),
  prose.ListItem,
  prose.Blockquote,
  prose.Link.configure({ enableTarget: false }),
  prose.Table,
  prose.TableRow,
  prose.TableHeader,
  prose.TableCell,
  prose.History,
  prose.Dropcursor,
  prose.Gapcursor,
  Footnote,
  Picture,
  Kept,
  prose.Menu.configure({ groups: GROUPS.map((group) => ({ group })) }),
]

function nameOf(textarea) {
  const attributes = { class: "tiptap prose", role: "textbox", "aria-multiline": "true" }
  const label = textarea.labels[0]
  if (label) {
    label.id ||= `${textarea.id}_label`
    attributes["aria-labelledby"] = label.id
  } else {
    attributes["aria-label"] = textarea.getAttribute("aria-label") || textarea.name
  }
  for (const name of ["aria-describedby", "aria-invalid", "dir", "lang"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name)
  }
  return attributes
}

function describeMenu(editor) {
  const menu = editor.storage.menu.dom
  menu.setAttribute("role", "toolbar")
  menu.setAttribute("aria-label", "Formatting")
  const sync = () => {
    for (const button of menu.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", button.classList.contains("active"))
      button.setAttribute("aria-disabled", button.classList.contains("disabled"))
    }
  }
  editor.on("transaction", sync)
  sync()
}

function edit(textarea) {
  const element = prose.crel("div", { className: "prose-editor" })
  textarea.before(element)
  element.append(textarea)
  const editor = new prose.Editor({
    element,
    injectCSS: false, // components/editor.css holds those rules, so that the policy needs no exception
    editable: !textarea.disabled && !textarea.readOnly,
    content: tidied(textarea.value),
    extensions: EXTENSIONS,
    editorProps: { attributes: nameOf(textarea), transformPastedHTML: pasted },
    onCreate: ({ editor }) => describeMenu(editor),
    onUpdate({ editor }) {
      textarea.value = editor.isEmpty ? "" : kept(editor.getHTML())
      textarea.dispatchEvent(new Event("input", { bubbles: true }))
    },
  })
  textarea.labels[0]?.addEventListener("click", () => editor.commands.focus())
  for (const link of document.querySelectorAll(`[data-faults] a[href="#${textarea.id}"]`)) {
    link.addEventListener("click", (event) => {
      event.preventDefault() // the textarea it leads to is hidden
      editor.commands.focus()
    })
  }
  // A browser that comes back to this page restores the textarea, not the editor.
  let seen = textarea.value
  window.addEventListener("pageshow", () => {
    if (textarea.value !== seen) editor.commands.setContent(tidied(textarea.value))
    seen = textarea.value
  })
  textarea.dispatchEvent(new CustomEvent("editor:ready", { bubbles: true, detail: { editor } }))
}

for (const textarea of document.querySelectorAll("textarea[data-editor]")) edit(textarea)
