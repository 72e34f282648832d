"""What the browser tests ask of a page in its own language: whether its charts are drawn, and what is in them."""

from tests.browser.canvases import FIND_PICTURES

# So many charts are drawn; the network and its answer on their canvases count as one.
READY = f"""([count]) => {{
  {FIND_PICTURES}
  const charts = [...document.querySelectorAll('.js-plotly-plot')];
  if (charts.length + Boolean(pictures) !== count) return false;
  if (pictures && pictures.dataset.still !== 'true') return false;
  return charts.every((chart) => chart.layout?.meta?.frames);
}}"""

TURNED = f"""(epoch) => {{
  {FIND_PICTURES}
  return (!pictures || pictures.dataset.epoch === epoch) && [...document.querySelectorAll('.js-plotly-plot')]
    .filter((chart) => chart.checkVisibility()) // one that was replaced has no place any more
    .every((chart) => !chart.layout?.meta?.stage || chart.dataset.epoch === epoch);
}}"""

# The position of each line's marker as drawn by the browser, in pixels, chart by chart.
MARKERS = """(title) => {
  const chart = [...document.querySelectorAll('.js-plotly-plot')].find((c) => c.layout.title.text.startsWith(title));
  const frame = chart.getBoundingClientRect();
  const boxes = [...chart.querySelectorAll('.scatterlayer .point')].map((point) => point.getBoundingClientRect());
  return boxes.filter((box) => box.width > 3).map((box) => {
    return [Math.round(box.x + box.width / 2 - frame.x), Math.round(box.y + box.height / 2 - frame.y)];
  });
}"""

TEXTS = """(title) => {
  const chart = [...document.querySelectorAll('.js-plotly-plot')].find((c) => c.layout.title.text.startsWith(title));
  return [...chart.querySelectorAll('.textpoint text')].map((text) => text.textContent);
}"""

# Texts that extend beyond their chart.
CUT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((chart) => {
  const frame = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('text')].filter((text) => text.textContent).filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
  }).map((text) => text.textContent);
})"""

# Elements that extend beyond the right edge of the window.
WIDE = """(selector) => [...document.querySelectorAll(selector)].filter((element) => {
  const box = element.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1;
}).map((element) => element.outerHTML.slice(0, 80))"""

# Whether all charts have the width of their container.
FITTED = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every((place) => {
  const drawn = place.querySelector('.main-svg')?.getBoundingClientRect();
  return drawn && Math.abs(drawn.width - place.getBoundingClientRect().width) < 1;
})"""

# One chart, as it was drawn and drawn anew, and the last text in it.
FIND = """const charts = [...document.querySelectorAll('.js-plotly-plot')];
  const chart = charts.find((c) => c.layout.title.text.startsWith(title));"""
DRAWN = f"(title) => {{ {FIND} chart.asDrawn = structuredClone(chart.data); }}"
LAST = "[...chart.querySelectorAll('.textpoint text')].map((text) => text.textContent).filter(Boolean).at(-1)"

# As the page does when a chart's place has changed its size while the chart was being turned. Returns what it shows.
DRAW_ANEW = f"""async (title) => {{
  {FIND}
  let seen;
  chart.once('plotly_afterplot', () => {{ seen = {LAST}; }});
  await window.Plotly.react(chart, chart.asDrawn, chart.layout);
  return seen;
}}"""
IS_SO = f"([title, wanted]) => {{ {FIND} return {LAST} === wanted; }}"
