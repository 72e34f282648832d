// The player's calls into Plotly, which Streamlit 1.67 puts at `window.Plotly` for its own charts.
const AT_ONCE = { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: false } };
const allCharts = () => [...document.querySelectorAll(".js-plotly-plot")];
const chartToken = (chart) => chart.layout?.meta?.stage;
const canAnimate = (chart) => Boolean(window.Plotly && chart._transitionData?._frames?.length);
const showFrame = (chart, name) => window.Plotly.animate(chart, [name], AT_ONCE).then(() => { chart.dataset.epoch = name; }, () => {});
const onRedraw = (chart, call) => chart.on("plotly_react", call);
// In place, as a training goes on: a chart that Streamlit mounts anew is blank for a moment, and would be every second.
const redrawCharts = (charts, figures) => Promise.all(charts.map(async (chart, at) => {
  const { data, layout, frames } = figures[at], { width, height, autosize } = chart.layout;
  await window.Plotly.react(chart, data, { ...layout, width, height, autosize }, chart._context);
  await window.Plotly.addFrames(chart, frames); // those of the same epoch are replaced, and of others none is asked for
}));
const saveChart = (chart, background, format, filename) => { // as it looks now, on the page's background
  const layout = { ...chart.layout, paper_bgcolor: background, width: chart.clientWidth, height: chart.clientHeight };
  window.Plotly.downloadImage({ data: chart.data, layout }, { format, filename, scale: 2, width: layout.width, height: layout.height });
};
// A click on a point, told by its number. Plotly's selection by click fails in a chart whose frames have been shown.
const onPoint = (chart, call) => chart.on("plotly_click", ({ points }) => points.slice(0, 1).forEach((point) => call(point.pointIndex)));
