// What the player hears from outside its own buttons, and who it greets. Joined with player.js.
function listenToKeys(root, acts, fields, on) {
  const keys = { " ": "play", ArrowLeft: "back", ArrowRight: "next", Home: "first", End: "last", e: "type" };
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => { // otherwise the browser opens a dropped file instead of the page
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  }, on);
  document.addEventListener("keydown", (event) => {
    const act = keys[event.key], target = event.composedPath()[0];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const drawn = act === "play" && target.matches?.('canvas[role="application"]'); // which has no use for it
    if (target !== document.body && !root.contains(target) && !drawn) {
      if (target.closest?.('input, textarea, select, button, summary, canvas, [contenteditable="true"], [role]:not([role="main"]):not([role="figure"])')) return;
    }
    if (act === "play" && target.tagName === "BUTTON" && root.contains(target)) return; // the focused button's own click follows
    if (target === fields.speed || target === fields.save || (target === fields.slider && act !== "play")) return;
    event.preventDefault();
    acts[act]();
  }, on);
}

function isNewcomer() { // in this browser; where it keeps nothing, nobody is
  try {
    const seen = localStorage.getItem("glassbox seen");
    localStorage.setItem("glassbox seen", "1");
    return !seen;
  } catch { return false; }
}
