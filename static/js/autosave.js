// Saves a form by itself a moment after the last key, and says when. Without this file the Save button does it.
const WAIT = 2500
const ASKED = { Accept: "application/json" }

// Whoever types before this file has come is saved too.
function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked
  return ["text", "textarea", "email"].includes(field.type) && field.value !== field.defaultValue
}

function watch(form) {
  const said = form.querySelector("[data-saved]")
  const version = form.elements.version
  let timer, running = false, dirty = false, sending = false

  const say = (words, isTrouble = false) => {
    said.textContent = words
    said.classList.toggle("problem", isTrouble)
  }

  const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })

  async function save(options = {}) {
    if (running || sending || !dirty) return
    running = true
    dirty = false
    try {
      const response = await fetch(form.dataset.autosave, { method: "POST", headers: ASKED, body: body(), ...options })
      await read(response)
    } catch {
      dirty = true
      say("Not saved: there is no connection. Your text is still on this page.", true)
      later(WAIT * 4)
    } finally {
      running = false
      if (dirty) later()
    }
  }

  function body() {
    const data = new FormData(form)
    data.delete("code")
    return data
  }

  async function read(response) {
    const isAnswer = response.headers.get("Content-Type")?.startsWith("application/json")
    if (!isAnswer || response.redirected) {
      say("Not saved by itself. Press Save: your text is still on this page.", true)
      return
    }
    const answer = await response.json()
    if (answer.version !== undefined) version.value = answer.version
    if (answer.message) say(answer.message, true)
    else say(`Saved ${clock()}`)
  }

  function later(wait = WAIT) {
    clearTimeout(timer)
    timer = setTimeout(save, wait)
  }

  const touched = () => {
    dirty = true
    later()
  }

  form.addEventListener("input", touched)
  if ([...form.elements].some(isChanged)) touched()
  form.addEventListener("submit", () => {
    sending = true
    clearTimeout(timer)
  })
  window.addEventListener("pageshow", () => { sending = false })
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save()
  })
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !sending) event.preventDefault()
  })
}

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form)
