// Under a piece: what was selected in a comment is quoted in the reply, and what was read is noted for a member.
// Without this file the words are copied by hand, and a button says "I have read these".
const LONGEST = 600

for (const link of document.querySelectorAll("[data-reply]")) {
  const address = link.href
  link.addEventListener("click", () => {
    const selection = getSelection()
    const body = link.closest(".comment")?.querySelector(".comment-body")
    const words = body?.contains(selection.anchorNode) && body.contains(selection.focusNode) ? selection.toString().trim() : ""
    link.href = words && words.length <= LONGEST ? `${address}&words=${encodeURIComponent(words)}` : address
  })
}

const form = document.querySelector("[data-seen-form]:not([hidden])")
const last = document.querySelector(".thread > ol > li:last-of-type")

if (form && last) {
  const watch = new IntersectionObserver(async ([entry]) => {
    if (!entry.isIntersecting) return
    watch.disconnect()
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" })
      form.hidden = response.type === "opaqueredirect"
    } catch {
      // the button stays for another try
    }
  })
  watch.observe(last)
}
