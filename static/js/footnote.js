// A footnote stands inline where its number will be: <span class="footnote">the note</span>.
// In the editor it is one unbreakable thing, written in a small dialog of its own.
import {
  Bold, Document, Editor, History, Italic, Link, Menu, Node, Paragraph, Text, crel,
  getHTMLFromFragment,
} from "django-prose-editor/editor"

const NOTE = [
  Document.extend({ content: "paragraph" }),
  Paragraph,
  Text,
  Bold,
  Italic,
  Link.configure({ enableTarget: false }),
  History,
  Menu.configure({ groups: [{ group: "marks" }, { group: "link" }] }),
]

/** Ask for the words of a note; resolves to its HTML, to "" to have none, or to null to leave it alone. */
function ask(html) {
  const title = crel("h2", { id: "footnote-title", className: "prose-editor-dialog-title", textContent: "Footnote" })
  const element = crel("div", { className: "prose-editor" })
  const choice = (value, textContent) => crel("button", { type: "submit", value, textContent })
  const buttons = [choice("save", html ? "Change note" : "Insert note"), choice("cancel", "Cancel")]
  if (html) buttons.push(choice("remove", "Remove note"))
  const form = crel("form", { method: "dialog" }, [
    title, element, crel("div", { className: "prose-editor-dialog-buttons" }, buttons),
  ])
  const dialog = crel("dialog", { className: "prose-editor-dialog", "aria-labelledby": title.id }, [form])
  document.body.append(dialog)
  const editor = new Editor({
    element,
    injectCSS: false,
    content: `<p>${html}</p>`,
    extensions: NOTE,
    editorProps: {
      attributes: { class: "tiptap", role: "textbox", "aria-multiline": "true", "aria-labelledby": title.id },
    },
  })
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return // which the editor inside would keep to itself
    event.stopPropagation()
    dialog.close("cancel")
  }, true)
  dialog.showModal()
  editor.commands.focus("end")
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const note = editor.getText().trim() ? editor.getHTML().replace(/^<p>|<\/p>$/g, "") : ""
      editor.destroy()
      dialog.remove()
      resolve({ save: note, remove: "" }[dialog.returnValue] ?? null)
    })
  })
}

/** Put a note where `from`…`to` stands, or take it away, and leave the cursor behind it. */
async function write(editor, from, to, html) {
  const note = await ask(html)
  if (note) editor.commands.insertContentAt({ from, to }, `<span class="footnote">${note}</span>`)
  else if (note === "") editor.commands.deleteRange({ from, to })
  const after = note === "" ? from : from + (editor.state.doc.nodeAt(from)?.nodeSize ?? 0)
  editor.chain().setTextSelection(note === null ? to : after).focus().run()
}

function insert(editor) {
  const { to } = editor.state.selection
  write(editor, to, to, "")
  return true
}

function change(editor, position) {
  const note = editor.state.doc.nodeAt(position)
  write(editor, position, position + note.nodeSize, getHTMLFromFragment(note.content, editor.schema))
  return true
}

export const Footnote = Node.create({
  name: "footnote",
  group: "inline",
  content: "text*",
  inline: true,
  atom: true,

  parseHTML: () => [{ tag: "span.footnote" }],
  renderHTML: () => ["span", { class: "footnote" }, 0],

  addNodeView: () => ({ editor, node, getPos }) => {
    const dom = crel("span", { className: "footnote", contentEditable: "false", textContent: node.textContent })
    dom.title = "Footnote: click, or select it and press Enter, to change it"
    dom.addEventListener("click", () => editor.isEditable && change(editor, getPos()))
    return { dom, ignoreMutation: () => true }
  },

  addKeyboardShortcuts() {
    return {
      "Mod-Alt-f": ({ editor }) => insert(editor),
      Enter: ({ editor }) => {
        const { node, from } = editor.state.selection
        return node?.type === this.type && change(editor, from)
      },
    }
  },

  addMenuItems({ menu }) {
    menu.defineItem({
      name: "footnote",
      groups: "notes",
      button: crel("button", { type: "button", className: "prose-menubar__button", textContent: "Footnote" }),
      enabled: (editor) => !editor.isActive("codeBlock"),
      command: insert,
    })
  },
})
