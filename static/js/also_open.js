// Says once a minute who else has this piece open. Without this file the page says it when it is opened.
const MINUTE = 60_000

async function ask(place) {
  if (document.visibilityState === "hidden") return
  try {
    const response = await fetch(place.dataset.alsoOpen, { headers: { Accept: "application/json" } })
    const isAnswer = response.headers.get("Content-Type")?.startsWith("application/json")
    if (!isAnswer || response.redirected) return
    const { said } = await response.json()
    if (place.textContent !== said) place.textContent = said
  } catch {
    // without a connection the last word stands
  }
}

for (const place of document.querySelectorAll("[data-also-open]")) setInterval(ask, MINUTE, place)
