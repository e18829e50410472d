// Keeps what stands in a [data-draft] field while its page is left and opened again, for this window alone.
// Without this file the browser's own memory is all there is.
for (const field of document.querySelectorAll("[data-draft]")) {
  const key = `draft:${location.pathname}:${field.name}`
  try {
    if (!field.value) field.value = sessionStorage.getItem(key) ?? ""
    field.addEventListener("input", () => sessionStorage.setItem(key, field.value))
    field.form?.addEventListener("submit", () => sessionStorage.removeItem(key))
  } catch {
    // storage may be switched off
  }
}
