// Classic and blocking on purpose: a panel somebody closed must be closed before the first paint.
(() => {
  const key = "welcome-closed";
  let closed = false;
  try { closed = localStorage.getItem(key) === "1"; } catch { /* storage may be switched off */ }
  if (closed) document.documentElement.classList.add("welcome-closed");

  const remember = (panel) => {
    try { panel.open ? localStorage.removeItem(key) : localStorage.setItem(key, "1"); } catch { /* as above */ }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const panel = document.querySelector("[data-welcome]");
    if (!panel) return;
    if (closed) panel.open = false;
    document.documentElement.classList.remove("welcome-closed");
    requestAnimationFrame(() => panel.addEventListener("toggle", () => remember(panel)));
  });
})();
