// Keeps for this window what was not saved when its page was left, and puts it back when the page is opened again, with
// the version it was written over, so that nobody else's text is replaced unseen. Runs before autosave.js. What was on its
// way by the Save button is put back only if the version is still the same: then it never arrived.
const AN_HOUR = 3_600_000
const PERSON = document.querySelector("meta[name=person]")?.content ?? ""
const MACHINERY = ["csrfmiddlewaretoken", "version", "code", "step", "save", "after", "place", "wording", "shown"]

// Whoever types before this file has come is saved too.
function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked
  return ["text", "textarea", "email"].includes(field.type) && field.value !== field.defaultValue
}

const isWritten = ([name, value]) => typeof value === "string" && !MACHINERY.includes(name)
const wordsIn = (form) => [...new FormData(form)].filter(isWritten)

// The server sets the blocks of a body apart and trims its lines.
const plain = (words) => JSON.stringify(words.map(([name, value]) => [name, value.replace(/>\s+</g, "><").trim()]))

function fill(form, words) {
  for (const field of form.elements) {
    const mine = words.filter(([name]) => name === field.name).map(([, value]) => value)
    if (field.type === "checkbox" || field.type === "radio") field.checked = mine.includes(field.value)
    else if (mine.length) field.value = mine[0]
  }
}

function back(form, left) {
  const isOld = Date.now() - left.at > AN_HOUR
  const hasArrived = left.isSent && left.version !== form.elements.version.value
  if (isOld || hasArrived || "conflict" in form.dataset || plain(left.words) === plain(wordsIn(form))) return
  fill(form, left.words)
  if (left.version !== undefined) form.elements.version.value = left.version
  form.dataset.after = left.after
  form.dataset.unsaved = ""
}

function watch(form) {
  const { dataset: marks, elements } = form
  const [key, nobodys] = [PERSON, ""].map((person) => `left:${person}:${marks.autosave}:${elements.place?.value ?? ""}`)
  try {
    const left = sessionStorage.getItem(key) ?? sessionStorage.getItem(nobodys)
    for (const name of [key, nobodys]) sessionStorage.removeItem(name)
    if (left) back(form, JSON.parse(left))
  } catch {
    return // storage may be switched off
  }
  form.addEventListener("left", () => {
    const version = elements.version?.value, isSent = "sending" in marks
    if (!("unsaved" in marks) || "conflict" in marks || (isSent && version === undefined)) return
    const left = { at: Date.now(), words: wordsIn(form), version, isSent, after: marks.after ?? "" }
    sessionStorage.setItem(key, JSON.stringify(left))
  })
}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  if ([...form.elements].some(isChanged)) form.dataset.unsaved = ""
  watch(form)
}
