// Put on a company's own page: <script src="https://…/careers/embed.js" async></script>. Shows the open positions where it stands.
(() => {
  const here = document.currentScript;
  const frame = document.createElement("iframe");
  const list = new URL("embed", here.src);
  if (here.dataset.department) list.searchParams.set("department", here.dataset.department);
  frame.src = list.href;
  frame.title = here.dataset.title || "Open positions";
  frame.loading = "lazy";
  frame.style.cssText = "width:100%;border:0;height:600px";
  here.after(frame);
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== list.origin) return;
    const height = Number(event.data && event.data.trilhaHeight);
    if (height > 0 && height < 20000) frame.style.height = `${height}px`;
  });
})();
