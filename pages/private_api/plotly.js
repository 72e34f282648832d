// The player's calls into Plotly, which Streamlit 1.67 puts at `window.Plotly` for its own charts.
const AT_ONCE = { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: false } };
const allCharts = () => [...document.querySelectorAll(".js-plotly-plot")];
const chartToken = (chart) => chart.layout?.meta?.stage;
const packedFrames = (chart) => chart.layout?.meta?.frames; // by prebuilt_figure.py: {names, traces, data}
const canAnimate = (chart) => Boolean(window.Plotly && packedFrames(chart));
const frameAt = (moves, at) => {
  if (Array.isArray(moves)) return moves[at];
  if (!moves.columns) return Object.fromEntries(Object.entries(moves).map(([key, part]) => [key, frameAt(part, at)]));
  return moves.columns.map((column) => { const items = moves.columns[column?.same] ?? column; return Array.isArray(items) ? items[at] : items; });
};
// In every frame Plotly asks of every trace which of its attributes are arrays, and walks through its schema for that: a fifth of the
// time (7.1, `findArrayAttributes` in Plots.doCalcdata). A frame puts arrays where arrays were, so while it is shown the answer of
// before holds. If a later Plotly asks elsewhere, it is only slower.
// The count is kept at the schema, for every player on the page has this module for itself.
function rememberArrays(schema) {
  const ask = schema.findArrayAttributes, remembered = new WeakMap();
  schema.framesShown = 0;
  schema.findArrayAttributes = (trace) => {
    const key = trace._input ?? trace;
    if (!schema.framesShown || !remembered.has(key)) remembered.set(key, ask(trace));
    return remembered.get(key);
  };
}
const showFrame = (chart, epoch) => {
  const { names, traces, data } = packedFrames(chart), at = names.indexOf(epoch);
  if (at < 0) return Promise.resolve();
  const schema = window.Plotly.PlotSchema ?? {};
  if (schema.framesShown === undefined) rememberArrays(schema);
  schema.framesShown++;
  return window.Plotly.animate(chart, { traces, data: data.map((moves) => frameAt(moves, at)) }, AT_ONCE)
    .then(() => { chart.dataset.epoch = epoch; }, () => {}).finally(() => { schema.framesShown--; });
};
const onRedraw = (chart, call) => chart.on("plotly_react", call);
// In place, as a training goes on: a chart that Streamlit mounts anew is blank for a moment, and would be every second.
const redrawCharts = (charts, figures) => Promise.all(charts.map(async (chart) => {
  const name = chart.closest('[class*="st-key-chart-"]').className.match(/st-key-chart-(\S+)/)[1];
  const { data, layout } = figures[name], { width, height, autosize } = chart.layout;
  await window.Plotly.react(chart, data, { ...layout, width, height, autosize }, chart._context);
}));
const saveChart = (chart, background, format, filename) => { // as it looks now, on the page's background
  const layout = { ...chart.layout, paper_bgcolor: background, width: chart.clientWidth, height: chart.clientHeight };
  window.Plotly.downloadImage({ data: chart.data, layout }, { format, filename, scale: 2, width: layout.width, height: layout.height });
};
// A click on a point, told by its number. Plotly's selection by click fails in a chart whose frames have been shown.
const onPoint = (chart, call) => chart.on("plotly_click", ({ points }) => points.slice(0, 1).forEach((point) => call(point.pointIndex)));
