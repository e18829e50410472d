// Classic and before its panel on purpose: one that somebody closed must be closed before it is drawn. What stands above
// is drawn meanwhile.
(() => {
  const key = "welcome-closed";
  const root = document.documentElement;
  try { root.classList.toggle(key, localStorage.getItem(key) === "1"); } catch { /* storage may be switched off */ }

  const settle = () => {
    const panel = document.querySelector("[data-welcome]");
    if (panel && root.classList.contains(key)) panel.open = false;
    root.classList.remove(key);
  };

  const remember = (isOpen) => {
    try { isOpen ? localStorage.removeItem(key) : localStorage.setItem(key, "1"); } catch { /* as above */ }
  };

  // The press and not the panel's own "toggle", which comes too late for whoever leaves, or presses, at once.
  document.addEventListener("click", ({ target }) => {
    const summary = target.closest("[data-welcome] > summary");
    if (!summary) return;
    settle();
    remember(!summary.parentElement.open);
  });
  document.addEventListener("DOMContentLoaded", settle);
})();
