// The pictures as a component; what stands above is the module of pages/charts/canvas. The run comes from the courier.
const stages = new WeakMap();

export default function ({ parentElement, data, setStateValue }) {
  if (!stages.has(parentElement)) {
    const chosenRow = (row) => { stage.set({ row }); setStateValue("row", { run: stage.scene.run, row, at: Date.now() }); };
    const stage = mountStage(parentElement, { ...data, chosenRow });
    stages.set(parentElement, stage);
  }
  return () => { stages.get(parentElement)?.stop(); stages.delete(parentElement); };
}
