// The pictures as a component. Their module (pages/charts/canvas) is packed, which makes it a third; the run comes from the courier.
const mounts = new WeakMap();
const opened = fetch("data:application/octet-stream;base64,PACKED_MODULE")
  .then(({ body }) => new Response(body.pipeThrough(new DecompressionStream("deflate"))).text())
  .then((text) => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" }))));

export default function ({ parentElement, data, setStateValue }) {
  if (!mounts.has(parentElement)) {
    const mount = { stage: null, gone: false };
    mounts.set(parentElement, mount);
    opened.then(({ mountStage }) => {
      if (mount.gone) return;
      const chosenRow = (row) => { mount.stage.set({ row }); setStateValue("row", { run: mount.stage.scene.run, row, at: Date.now() }); };
      mount.stage = mountStage(parentElement, { ...data, chosenRow });
    });
  }
  const mount = mounts.get(parentElement);
  return () => { mount.gone = true; mount.stage?.stop(); mounts.delete(parentElement); };
}
