// The tools of a piece: copy its address, or hand it to the system's own share sheet. Nothing is sent anywhere.
const say = (tools, words) => {
  const said = tools.querySelector("[role=status]");
  said.textContent = words;
  setTimeout(() => { said.textContent = ""; }, 4000);
};

for (const tools of document.querySelectorAll("[data-share]")) {
  const { title, address: url } = tools.dataset;

  const copy = tools.querySelector("[data-copy]");
  if (copy && navigator.clipboard) {
    copy.textContent = "Copy link";
    copy.addEventListener("click", async (event) => {
      event.preventDefault();
      try {
        await navigator.clipboard.writeText(url);
        say(tools, "Copied");
      } catch {
        location.assign(copy.href);
      }
    });
  }

  const sheet = tools.querySelector("[data-sheet]");
  if (sheet && navigator.share) {
    sheet.hidden = false;
    sheet.querySelector("button").addEventListener("click", () => {
      navigator.share({ title, url }).catch(() => say(tools, ""));
    });
  }
}
