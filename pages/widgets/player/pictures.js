// The pictures as a component. Their module (pages/charts/canvas) is packed, which makes it a third; the run comes from the courier. The outputs
// in a table of ours, cells that name their row and target, follow the player; those in the grid do in private_api/grid_outputs.js.
const mounts = new WeakMap();
const opened = fetch("data:application/octet-stream;base64,PACKED_MODULE")
  .then(({ body }) => new Response(body.pipeThrough(new DecompressionStream("deflate"))).text())
  .then((text) => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" }))));

export default function ({ parentElement, data, setStateValue }) {
  if (!mounts.has(parentElement)) mounts.set(parentElement, mount(parentElement));
  const { show, stop } = mounts.get(parentElement);
  show(data, setStateValue);
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
  let stage = null, gone = false, looks = null, editor = null, shown = "", edited = "", report = null;
  const chosenRow = (row) => { stage.set({ row }); report("row", { run: stage.scene.run, row, at: Date.now() }); };
  const send = (name, value) => report(name, { run: stage.scene.run, ...value });
  document.addEventListener("glassbox-outputs", writeOutputs);
  opened.then(({ mountStage }) => { if (!gone) { stage = mountStage(root, { ...looks, chosenRow, send }); stage.edit(editor); } });
  return {
    show(data, setStateValue) {
      report = setStateValue;
      ({ editor = null, ...looks } = data);
      const [look, edit] = [looks, editor].map((part) => JSON.stringify(part));
      if (look !== shown) stage?.present(looks);
      if (edit !== edited) stage?.edit(editor);
      [shown, edited] = [look, edit];
    },
    stop() { gone = true; stage?.stop(); document.removeEventListener("glassbox-outputs", writeOutputs); },
  };
}
