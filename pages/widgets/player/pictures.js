// The pictures as a component, in one module with pages/charts/canvas; the run, and how they look, are brought by couriers. The outputs in a
// table of ours, cells that name their row and target, follow the player; those in the grid do in private_api/grid_outputs.js.
const mounts = new WeakMap();

export default function ({ parentElement, setStateValue }) {
  if (!mounts.has(parentElement)) mounts.set(parentElement, mount(parentElement));
  const { reportTo, stop } = mounts.get(parentElement);
  reportTo(setStateValue);
  return () => { stop(); mounts.delete(parentElement); };
}

function writeOutputs({ detail: { read } }) {
  for (const cell of read ? document.querySelectorAll("[data-output]") : []) {
    const [row, target] = cell.dataset.output.split(" ").map(Number), { text, right } = read(row)[target];
    cell.textContent = right === null ? text : `${text} ${right ? "✓" : "✗"}`;
    cell.classList.toggle("wrong", right === false);
  }
}

function mount(root) {
  const listening = new AbortController(), on = { signal: listening.signal };
  let stage = null, shown = "", edited = "", report = null;
  const chosenRow = (row) => { stage.set({ row }); report("row", { run: stage.scene.run, row, at: Date.now() }); };
  const send = (name, value) => report(name, { run: stage.scene.run, ...value });
  document.addEventListener("glassbox-outputs", writeOutputs, on);
  document.addEventListener("glassbox-looks", ({ detail }) => {
    const { editor = null, ...looks } = detail, [look, edit] = [looks, editor].map((part) => JSON.stringify(part));
    if (!stage) stage = mountStage(root, { ...looks, chosenRow, send });
    else if (look !== shown) stage.present(looks);
    if (edit !== edited) stage.edit(editor);
    [shown, edited] = [look, edit];
  }, on);
  document.dispatchEvent(new CustomEvent("glassbox-ask-looks"));
  return {
    reportTo(tell) { report = tell; },
    stop() { listening.abort(); stage?.stop(); },
  };
}
