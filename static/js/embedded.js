// Inside the frame: tells the page around it how high the list is.
(() => {
  const list = document.getElementById("content");
  const tell = () => parent.postMessage({ trilhaHeight: Math.ceil(list.getBoundingClientRect().bottom) + 16 }, "*");
  addEventListener("load", tell);
  addEventListener("resize", tell);
})();
