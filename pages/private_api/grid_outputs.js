// Python sends the grid's outputs for the epoch at which the player rests. While the player is elsewhere, those of its epoch are drawn over them
// here, in the same place and letters: the grid (Streamlit 1.67, glide-data-grid 6) draws its cells on a canvas, and has no way to change one from
// outside. Where somebody has moved, hidden, widened or scrolled its columns, or sorted its rows, nothing is drawn; the outputs then follow once the
// player rests. The words below the grid name the epoch: a copy that names the player's hides Python's own, which React would not write again.
// tests/browser/test_grid_outputs.py fails first if that changes.
const CELL = 35, BOXES = 32, PADDING = 8, FAINT = 0.6, AFTER_REST_MS = 300; // pixels: a row's height, as the titles', the boxes that choose rows; of what is only read

/**
 * From now on follow `glassbox-outputs` on the document: {table, rows, isElsewhere, epoch, tint, read}. `table` is {key, titles, widths, first, count},
 * of all columns and of the outputs among them; `read(row)` gives [{text, right}], one an output, or is null.
 */
function drawOutputsOverGrid() {
  if (window.glassboxDrawsOutputs) return;
  window.glassboxDrawsOutputs = true;
  const layer = document.createElement("canvas");
  layer.dataset.testid = "outputs-over-grid";
  layer.ariaHidden = "true";
  const copy = document.createElement("p");
  let told = null, leaving = 0, own = null;

  document.addEventListener("glassbox-outputs", ({ detail }) => {
    const wasElsewhere = told?.isElsewhere;
    told = { ...detail, isElsewhere: detail.isElsewhere && detail.table !== null && detail.read !== null };
    if (!told.isElsewhere && !wasElsewhere) return;
    show();
    clearTimeout(leaving);
    if (!told.isElsewhere) leaving = setTimeout(() => layer.remove(), AFTER_REST_MS); // the grid draws the same a moment later
  });
  document.addEventListener("scroll", ({ target }) => { if (layer.isConnected && target.matches?.(".dvn-scroller")) show(); }, { capture: true, passive: true });

  /** Draw them, where the grid is as told; gives whether it is. */
  function draw() {
    const grid = document.querySelector(`.st-key-${told.table?.key} .stDataFrameGlideDataEditor`), scroller = grid?.querySelector(".dvn-scroller");
    if (!scroller || !told.read || !isAsTold(grid, scroller, told.table)) { layer.remove(); return false; }
    if (layer.parentElement !== grid) grid.append(layer);
    const { widths, first, count } = told.table, boxes = boxesOf(scroller, told.table), density = Math.ceil(devicePixelRatio); // as the grid's own
    const left = boxes + sum(widths.slice(0, first)), shown = widths.slice(first, first + count), width = sum(shown), height = Math.min(scroller.clientHeight - CELL, told.rows * CELL - scroller.scrollTop);
    // from the grid's own corner on: from elsewhere the letters blur where a pixel of the page is one and a half of the screen
    const [wide, high] = [left + width, CELL + height];
    Object.assign(layer.style, { position: "absolute", left: 0, top: 0, width: `${wide}px`, height: `${high}px`, pointerEvents: "none" });
    if (layer.width !== wide * density || layer.height !== high * density) Object.assign(layer, { width: wide * density, height: high * density });
    const ctx = layer.getContext("2d"), look = getComputedStyle(grid), of = (name) => look.getPropertyValue(`--gdg-${name}`), background = of("bg-cell"), ink = of("text-dark");
    ctx.save();
    ctx.clearRect(0, 0, layer.width, layer.height);
    ctx.setTransform(density, 0, 0, density, left * density, CELL * density);
    ctx.beginPath();
    ctx.rect(0, 0, width, height);
    ctx.clip(); // rows that are scrolled under the titles
    Object.assign(ctx, { font: `${of("base-font-style")} ${of("font-family")}`, textAlign: "right", textBaseline: "middle" });
    for (let row = Math.floor(scroller.scrollTop / CELL); row < told.rows && row * CELL < scroller.scrollTop + height; row++) {
      const top = row * CELL - scroller.scrollTop;
      told.read(row).forEach(({ text, right: isRight }, k) => {
        const right = sum(shown.slice(0, k + 1)), start = right - shown[k];
        ctx.globalAlpha = 1;
        for (const fill of [background, ...(isRight === false ? [told.tint] : [])]) { ctx.fillStyle = fill; ctx.fillRect(start + 1, top + 1, shown[k] - 1, CELL - 1); }
        Object.assign(ctx, { fillStyle: ink, globalAlpha: FAINT });
        ctx.fillText(isRight === false ? `${text} ✗` : text, right - PADDING - 0.5, top + CELL / 2 + 0.9375);
      });
    }
    ctx.restore();
    return true;
  }

  /** Draw them, and have the words below the grid name their epoch. */
  function show() {
    const words = draw() && told.isElsewhere ? document.querySelector(`.st-key-${told.table.key} + * p`) : null;
    if (words !== own) {
      if (own) own.hidden = false;
      copy.remove();
      if ((own = words)) { own.hidden = true; own.after(copy); }
    }
    if (own) copy.textContent = own.textContent.replace(/epoch [\d,]+/, `epoch ${told.epoch}`);
  }

  /** Whether all columns are there as Python said, in their order, none wider than it was and none moved out of view, and the rows in theirs. */
  function isAsTold(grid, scroller, table) {
    const titles = [...grid.querySelectorAll("thead th")].map((title) => title.textContent);
    const isInPlace = (row) => parseInt(row.firstChild.textContent) === row.ariaRowIndex - 1; // the first column numbers them; titles are row 1
    if (![...grid.querySelectorAll("tbody tr")].every(isInPlace)) return false;
    return boxesOf(scroller, table) >= 0 && scroller.scrollLeft === 0 && titles.length > 0 && titles.every((title, at) => title === table.titles[at]);
  }

  /** The width of the boxes that choose rows, 0 where there are none; -1 where the columns are not as wide as Python said. */
  function boxesOf(scroller, { widths }) {
    const over = scroller.querySelector(".dvn-stack > *").offsetWidth - sum(widths);
    return [0, BOXES].find((boxes) => over === boxes || over === boxes + 1) ?? -1;
  }
}

const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
