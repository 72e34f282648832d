// What is painted on the canvases when they are painted once more: texts, strokes and markers, each with its size, its colour
// and the colours it lies on, as measures.js has them for elements. A stroke in the background's colour is a rim.
async (pictures) => {
  const found = { texts: [], strokes: [], markers: [] };
  if (!pictures) return found;
  const { prototype } = CanvasRenderingContext2D, own = {}, open = new WeakMap(), clips = new WeakMap();
  const parts = (color) => {
    const [red, green, blue, alpha = 1] = color.startsWith("#") ? [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)) : color.match(/[\d.]+/g).map(Number);
    return [red, green, blue, alpha];
  };
  const background = parts(getComputedStyle(pictures).backgroundColor);
  const over = (color, { globalAlpha }) => {
    const top = parts(color), share = top[3] * globalAlpha;
    return [0, 1, 2].map((k) => top[k] * share + background[k] * (1 - share));
  };
  const far = (one, other) => Math.hypot(...[0, 1, 2].map((k) => one[k] - other[k]));
  const isSeen = (ctx) => ctx.canvas.getRootNode() === pictures.getRootNode();
  const nameOf = (ctx, what) => `CANVAS ${ctx.canvas.dataset.part} ${what}`;
  const wrap = (name, before) => {
    own[name] = prototype[name];
    prototype[name] = function (...values) {
      if (!isSeen(this)) return own[name].apply(this, values);
      return before(this, () => own[name].apply(this, values), ...values);
    };
  };

  /** The colours below the pixels that a text covers, those of a twentieth of them or more. */
  function under(ctx, text, x, y, ink, paint) {
    const { actualBoundingBoxLeft: l, actualBoundingBoxRight: r, actualBoundingBoxAscent: a, actualBoundingBoxDescent: d } = ctx.measureText(text);
    const at = ctx.getTransform(), ends = [[x - l, y - a], [x + r, y - a], [x - l, y + d], [x + r, y + d]].map(([px, py]) => at.transformPoint({ x: px, y: py }));
    const [left, top] = ["x", "y"].map((side) => Math.floor(Math.min(...ends.map((end) => end[side]))) - 2);
    const [wide, high] = ["x", "y"].map((side, k) => Math.ceil(Math.max(...ends.map((end) => end[side]))) + 2 - [left, top][k]);
    const read = () => ctx.getImageData(left, top, wide, high).data, counts = new Map();
    const before = read();
    paint();
    const after = read();
    let covered = 0;
    for (let p = 0; p < before.length; p += 4) {
      if (far(after.subarray(p, p + 3), ink) > 24) continue;
      const below = before[p + 3] ? [...before.subarray(p, p + 3)] : background.slice(0, 3);
      if (far(below, ink) < 1) continue; // the text is not what made it so
      const key = below.map((part) => 8 * Math.round(part / 8)).join(), [count, color] = counts.get(key) ?? [0, below];
      counts.set(key, [count + 1, color]);
      covered++;
    }
    const common = [...counts.values()].filter(([count]) => count >= covered / 20).map(([, color]) => color);
    return common.length ? common : [background.slice(0, 3)];
  }

  /** The path of a context: its ends, and with what it was filled and drawn. */
  const path = (ctx) => { if (!open.has(ctx)) open.set(ctx, { xs: [], ys: [], fill: null, line: null }); return open.get(ctx); };
  const flush = (ctx) => { // what is filled may have its line later, round the same box
    const { xs, ys, fill, line } = path(ctx), [left, right, top, bottom] = [xs, ys].flatMap((ends) => [Math.min(...ends), Math.max(...ends)]);
    const what = nameOf(ctx, `mark at ${[left, right, top, bottom].map(Math.round)}`), same = found.markers.find((mark) => mark.what === what);
    open.delete(ctx);
    if (same && line) same.ink = line;
    else if (fill && far(line ?? fill, background) > 1) found.markers.push({ what, size: Math.max(right - left, bottom - top), ink: line ?? fill, under: [background] });
  };
  const go = (ctx, ...ends) => { for (const [x, y] of ends) { path(ctx).xs.push(x); path(ctx).ys.push(y); } };
  const stroke = (ctx) => {
    const ink = over(ctx.strokeStyle, ctx);
    if (far(ink, background) <= 1) return;
    path(ctx).line = ink;
    found.strokes.push({ what: nameOf(ctx, `line ${ctx.strokeStyle}`), size: ctx.lineWidth, ink, under: [background] });
  };
  wrap("beginPath", (ctx, paint) => { flush(ctx); paint(); });
  wrap("moveTo", (ctx, paint, x, y) => { go(ctx, [x, y]); paint(); });
  wrap("lineTo", (ctx, paint, x, y) => { go(ctx, [x, y]); paint(); });
  wrap("arc", (ctx, paint, x, y, r) => { go(ctx, [x - r, y - r], [x + r, y + r]); paint(); });
  for (const name of ["rect", "roundRect"]) wrap(name, (ctx, paint, x, y, w, h) => { go(ctx, [x, y], [x + w, y + h]); paint(); });
  wrap("clip", (ctx, paint) => { clips.set(ctx, 1); paint(); });
  wrap("restore", (ctx, paint) => { clips.delete(ctx); paint(); });
  wrap("fill", (ctx, paint) => { if (!clips.has(ctx)) path(ctx).fill = over(ctx.fillStyle, ctx); paint(); }); // within a picture it is a part of it
  wrap("stroke", (ctx, paint) => { stroke(ctx); paint(); });
  wrap("strokeRect", (ctx, paint) => { flush(ctx); stroke(ctx); paint(); });
  wrap("fillText", (ctx, paint, text, x, y) => {
    const ink = over(ctx.fillStyle, ctx), size = Number(ctx.font.match(/([\d.]+)px/)[1]);
    found.texts.push({ what: nameOf(ctx, text), size, ink, under: under(ctx, text, x, y, ink, paint) });
  });
  pictures.dispatchEvent(new Event("transitionend"));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  pictures.querySelectorAll("canvas").forEach((canvas) => flush(canvas.getContext("2d")));
  Object.assign(prototype, own);
  return found;
}
