// What this window keeps (left.js, draft.js) is kept by person, whose key stands in `meta[name=person]`. It is thrown away
// when somebody else is signed in here, and when she signs out. What was typed before signing in belongs to nobody yet:
// whoever signs in finds it, because it is hers as a rule.
const KEPT = /^(?:left|draft):(\w*):/
const mine = document.querySelector("meta[name=person]").content

function forget(isWanted) {
  for (const key of Object.keys(sessionStorage)) {
    const [, person] = KEPT.exec(key) ?? []
    if (person !== undefined && isWanted(person)) sessionStorage.removeItem(key)
  }
}

try {
  forget((person) => person !== "" && person !== mine)
  for (const form of document.querySelectorAll("form[action='/accounts/logout/']")) {
    // added only now, so that it comes after left.js has kept what stands in the page
    form.addEventListener("submit", () => window.addEventListener("pagehide", () => forget(() => true)))
  }
} catch {
  // storage may be switched off
}
