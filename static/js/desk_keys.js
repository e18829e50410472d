// The moderators' keys. Without this file, and where they are switched off, every one of them is a link or a button.
const STORE = "desk-keys"
const TYPING = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]"

const dialog = document.querySelector("[data-keys]")
const use = document.querySelector("[data-keys-use]")
let sent = false

function areUsed() {
  try {
    return localStorage.getItem(STORE) !== "off"
  } catch {
    return true
  }
}

function remember() {
  try {
    localStorage.setItem(STORE, use.checked ? "on" : "off")
  } catch {
    // where nothing can be kept, they hold for this page
  }
  show()
}

function show() {
  document.documentElement.toggleAttribute("data-keys-on", use.checked)
}

function walk(step) {
  const links = [...document.querySelectorAll("[data-row-link]")]
  if (!links.length) return document.querySelector(`[data-go="${step > 0 ? "j" : "k"}"]`)?.click()
  const row = document.activeElement.closest("[data-row]")
  const at = links.findIndex((link) => row?.contains(link))
  const next = at === -1 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)
  links[next].focus()
}

// Opens what hides a field or a button, and says whether something is ticked where something has to be.
function isReady(element) {
  const boxes = [...element.form.querySelectorAll("[data-row] input")]
  if (boxes.length && !boxes.some((box) => box.checked)) return false
  const hiding = element.closest("details")
  if (hiding) hiding.open = true
  return true
}

// In the list the same key keeps what was reported and approves what is to be read.
function buttonFor(key) {
  const found = [...document.querySelectorAll(`[data-key="${key}"]`)]
  const wanted = document.querySelector("[data-row]:has(:checked)")?.dataset.row
  return found.find((button) => button.dataset.verb === wanted) ?? found[0]
}

function decide(key) {
  const button = buttonFor(key)
  if (!button || sent || !isReady(button)) return
  const needed = (button.dataset.needs ?? "").split(" ").filter(Boolean).map((name) => button.form.elements[name])
  const missing = needed.find((field) => !field.value.trim())
  if (missing) return missing.focus()
  sent = true
  button.click()
}

function write() {
  const note = document.querySelector("[data-note]")
  if (note && isReady(note)) note.focus()
}

const KEYS = {
  j: () => walk(1),
  k: () => walk(-1),
  a: () => decide("a"),
  r: () => decide("r"),
  h: () => decide("h"),
  n: write,
  "?": () => dialog.showModal(),
}

function press(event) {
  const target = event.target
  if (event.key === "Escape" && target.matches(TYPING) && !event.isComposing) target.blur()
  const isOther = event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented
  if (isOther || dialog.open || !use.checked || target.matches(TYPING)) return
  const held = event.repeat && !"jk".includes(event.key)
  if (held || !Object.hasOwn(KEYS, event.key)) return
  event.preventDefault()
  KEYS[event.key]()
}

if (dialog) {
  const opener = document.querySelector("[data-keys-open]")
  opener.hidden = false
  opener.addEventListener("click", () => dialog.showModal())
  use.checked = areUsed()
  use.addEventListener("change", remember)
  show()
  document.addEventListener("keydown", press)
  window.addEventListener("pageshow", () => {
    sent = false
    use.checked = areUsed()
    show()
  })
}
