// Tells which mark of the landscape was clicked on (private_api/plotly.js).
const heard = new WeakSet();
let tell = null;

export default function ({ data, setTriggerValue }) {
  tell = (chart, point) => chartToken(chart) === data.chart && setTriggerValue("point", { chart: data.chart, point });
  const watching = setInterval(() => allCharts().filter((chart) => chartToken(chart) === data.chart && !heard.has(chart)).forEach((chart) => {
    heard.add(chart);
    onPoint(chart, (point) => tell(chart, point));
  }), 200);
  return () => clearInterval(watching);
}
