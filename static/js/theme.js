// Light or dark before the first paint: what was chosen here, else what the system prefers.
(() => {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const show = () => root.setAttribute("data-bs-theme", chosen() || (system.matches ? "dark" : "light"));
  root.classList.add("scripts");
  show();
  system.addEventListener("change", show);
  window.addEventListener("storage", show);
  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      const tell = () => button.setAttribute("aria-pressed", String(root.getAttribute("data-bs-theme") === "dark"));
      tell();
      button.addEventListener("click", () => {
        const next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
        try { localStorage.setItem("theme", next); } catch { /* private browsing: only this page */ }
        root.setAttribute("data-bs-theme", next);
        tell();
      });
    }
  });
})();
