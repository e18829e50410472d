// Keeps what stands in a [data-draft] field while its page is left and opened again, for this window alone.
// Without this file the browser's own memory is all there is.
const PERSON = document.querySelector("meta[name=person]")?.content ?? ""

for (const field of document.querySelectorAll("[data-draft]")) {
  const [key, nobodys] = [PERSON, ""].map((person) => `draft:${person}:${location.pathname}:${field.name}`)
  const letGo = () => [key, nobodys].forEach((name) => sessionStorage.removeItem(name))
  try {
    if (!field.value) field.value = sessionStorage.getItem(key) ?? sessionStorage.getItem(nobodys) ?? ""
    field.addEventListener("input", () => sessionStorage.setItem(key, field.value))
    field.form?.addEventListener("submit", () => { if (navigator.onLine) letGo() }) // or else it arrives nowhere
  } catch {
    // storage may be switched off
  }
}
