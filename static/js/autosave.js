// Saves a form by itself a moment after the last key, and says when. Without this file the Save button does it.
// What was not answered with "Saved" marks the form as `data-unsaved`, and leaving the page asks. `data-conflict`: what
// somebody else saved stands above it, and only the Save button may replace that. `data-after`: the names of saves that
// were sent and never answered, so that the server does not take them for somebody else's. The form hears `left`.
const WAIT = 2500
const AGAIN = 10_000
const PATIENCE = 30_000
const MOST_KEPT_ALIVE = 20_000 // letters; a browser sends 64 KiB after its page has gone
const SIGNED_OUT = 401, STALE = 403, TOO_MANY = 429, BROKEN = 500, ASKED = { Accept: "application/json" }
const STAYS = "Your text is still on this page.", SIGN_IN = "you are signed out. Sign in in another tab, or press Save"

function watch(form) {
  const said = form.querySelector("[data-saved]")
  const marks = form.dataset
  let unanswered = (marks.after ?? "").split(" ").filter(Boolean)
  let timer, running, changes = 0

  const say = (words, isTrouble = false) => {
    said.textContent = words
    said.classList.toggle("problem", isTrouble)
  }

  const count = (names) => {
    unanswered = names
    marks.after = names.join(" ")
  }

  const later = (wait = WAIT) => {
    clearTimeout(timer)
    timer = setTimeout(save, wait)
  }

  const isAtRisk = () => "unsaved" in marks && !("sending" in marks)

  function save(event, options) {
    const isHeld = "conflict" in marks || (running && !options)
    if (isAtRisk() && !isHeld) running = send(options).finally(() => { running = undefined })
  }

  async function send({ isRenewed = false, keepalive = false } = {}) {
    const before = changes
    const options = keepalive ? { keepalive } : { signal: AbortSignal.timeout(PATIENCE) }
    try {
      const response = await fetch(marks.autosave, { method: "POST", headers: ASKED, body: body(), ...options })
      const isAnswer = response.headers.get("Content-Type")?.startsWith("application/json") && !response.redirected
      const answer = isAnswer && await response.json()
      if (answer && response.status < BROKEN) read(answer, before)
      else if (response.status === STALE && !isRenewed && await renew()) await send({ isRenewed: true })
      else refused(response.status, answer.message)
    } catch {
      say(`Not saved: there is no connection. ${STAYS}`, true)
      later(AGAIN)
    }
  }

  function body() {
    const data = new FormData(form)
    const name = crypto.getRandomValues(new Uint32Array(4)).join("-")
    data.delete("code")
    data.set("save", name)
    count([...unanswered, name].slice(-9))
    return data
  }

  function read(answer, before) {
    count([])
    if (answer.version !== undefined) form.elements.version.value = answer.version
    if (answer.shown) show(answer.shown)
    if (answer.message) return say(answer.message, true)
    if (before === changes) delete marks.unsaved
    else later()
    say(`Saved ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`)
  }

  function show(html) {
    marks.conflict = ""
    form.insertAdjacentHTML("afterbegin", html)
  }

  function refused(status, message = `Not saved: ${status === SIGNED_OUT ? SIGN_IN : "press Save"}.`) {
    say(`${message} ${STAYS}`, true)
    if (status >= TOO_MANY) later(AGAIN)
  }

  // Whoever signed in in another tab has another token: it stands in this page as it is opened now.
  async function renew() {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html")
    const fresh = page.querySelector(`form[data-autosave="${marks.autosave}"] [name=csrfmiddlewaretoken]`)
    for (const token of fresh ? document.getElementsByName("csrfmiddlewaretoken") : []) token.value = fresh.value
    return fresh !== null
  }

  form.addEventListener("input", () => {
    changes += 1
    marks.unsaved = ""
    delete marks.sending
    later()
  })
  form.addEventListener("submit", async (event) => {
    if (!running) return (marks.sending = "")
    event.preventDefault()
    await running
    if (!("conflict" in marks)) form.requestSubmit(event.submitter)
  })
  form.addEventListener("formdata", ({ formData }) => formData.set("after", unanswered.join(" ")))
  window.addEventListener("pagehide", () => {
    save(undefined, { keepalive: [...new FormData(form).values()].join("").length < MOST_KEPT_ALIVE })
    form.dispatchEvent(new Event("left"))
  })
  window.addEventListener("pageshow", (event) => {
    delete marks.sending
    if (event.persisted && !("unsaved" in marks)) location.reload()
  })
  window.addEventListener("beforeunload", (event) => { if (isAtRisk()) event.preventDefault() })
  document.addEventListener("visibilitychange", save)
  if ("unsaved" in marks) later()
}

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form)
