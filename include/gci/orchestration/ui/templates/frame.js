// The one script of the pages: Airflow's frame lets no link out of it, and tells it neither theme nor news.
(() => {
  const root = document.documentElement;
  const above = window.parent === window ? null : window.parent;
  const page = () => { try { return above && above.document; } catch { return null; } };
  const follow = () => {
    const outer = page();
    let theme = outer && outer.documentElement.classList.contains("dark") ? "dark" : outer ? "light" : null;
    try { theme = theme || window.localStorage.getItem("theme"); } catch { /* an origin of its own */ }
    if (theme !== "dark" && theme !== "light") return;
    root.dataset.theme = theme;
    root.style.colorScheme = theme;
    document.cookie = `gci_theme=${theme}; path=/; SameSite=Lax`;
  };
  follow();
  if (page()) new MutationObserver(follow).observe(page().documentElement, { attributes: true });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[target=_top]");
    if (!link || !page() || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const out = page().createElement("a");
    out.href = link.href;
    page().body.append(out);
    out.click();
    out.remove();
  });
  const seconds = Number(root.dataset.refresh);
  if (seconds) setInterval(() => {
    if (!document.hidden && !document.querySelector("details[open]:not(.stays)")) window.location.reload();
  }, seconds * 1000);
})();
