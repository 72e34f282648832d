// Everything that is seen, shadow roots included: texts, and of the pictures strokes and markers, each with its colour and
// the colours it lies on. A stroke in the background's colour is a rim that keeps things apart: it is no line itself.
() => {
  const all = (root) => [...root.querySelectorAll("*")].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
  const rgba = (color) => [...(color.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number), 1].slice(0, 4);
  const over = (top, below) => below.map((part, i) => (i < 3 ? top[i] * top[3] + part * (1 - top[3]) : 1));
  const faded = (color, opacity) => [...color.slice(0, 3), color[3] * opacity];
  const same = (one, other) => one.every((part, i) => Math.abs(part - other[i]) < 1);
  const ground = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement ?? at.getRootNode().host) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const holds = (box, x, y) => x > box.left && x < box.right && y > box.top && y < box.bottom;
  const AWAY = '[data-testid="stHeader"], .katex-mathml, [data-testid="stIconMaterial"], style, script, option, defs, .hoverlayer';
  const found = { texts: [], strokes: [], markers: [] };
  for (const e of all(document.body)) {
    if (e.closest(AWAY) || e.closest(":disabled") || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e), svg = e instanceof SVGElement;
    const what = `${e.tagName} ${e.className?.baseVal ?? e.className} ${e.textContent}`.slice(0, 90);
    const opacity = Number(style.opacity), larger = Math.max(box.width, box.height);
    const written = [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    if (written && box.width > 2 && box.height > 2) {
      const units = svg ? [...e.closest("svg").querySelectorAll(".points path")] : [];
      const below = units.filter((unit) => holds(unit.getBoundingClientRect(), box.x + box.width / 2, box.y + box.height / 2));
      const under = below.length ? below.map((unit) => rgba(getComputedStyle(unit).fill)) : [ground(e)];
      const ink = over(faded(rgba(svg ? style.fill : style.color), opacity), under[0]);
      found.texts.push({ what, size: parseFloat(style.fontSize), ink, under });
    }
    if (!["path", "line"].includes(e.tagName) || !e.closest(".js-plotly-plot .main-svg") || larger === 0) continue;
    const page = ground(e.closest(".js-plotly-plot")), fill = over(faded(rgba(style.fill), opacity), page);
    const width = parseFloat(style.strokeWidth), point = e.closest(".points");
    const ink = over(faded(rgba(style.stroke), opacity * parseFloat(style.strokeOpacity)), page);
    const drawn = style.stroke !== "none" && width > 0 && !same(ink, page);
    if (point && larger <= 1) continue; // it only carries a text
    if (drawn) found.strokes.push({ what, size: width, ink, under: point ? [page, fill] : [page] });
    if (point) found.markers.push({ what, size: larger, ink: drawn ? ink : fill, under: [page] });
  }
  return found;
}
