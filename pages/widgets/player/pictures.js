// The pictures as a component. Their module (pages/charts/canvas) is packed, which makes it a third; the run comes from the courier.
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

function mount(root) {
  let stage = null, gone = false, looks = null, shown = "", report = null;
  const chosenRow = (row) => { stage.set({ row }); report("row", { run: stage.scene.run, row, at: Date.now() }); };
  opened.then(({ mountStage }) => { if (!gone) stage = mountStage(root, { ...looks, chosenRow }); });
  return {
    show(data, setStateValue) {
      report = setStateValue;
      if (JSON.stringify(data) === shown) return;
      [looks, shown] = [data, JSON.stringify(data)];
      stage?.present(looks);
    },
    stop() { gone = true; stage?.stop(); },
  };
}
