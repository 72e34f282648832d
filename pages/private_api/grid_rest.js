// The grid (Streamlit 1.67, glide-data-grid 6) reports an edit 150 ms after the last key, and under a new table it is made anew: what it has
// not reported by then is lost, as is what is typed into it from then until the new one stands. So an operation from outside waits until all
// is reported, and while one is on its way what is done to the grid waits and is done to the new one, as if by a slower hand.
// tests/browser/test_drawing.py fails first if that changes.
const REPORTED_MS = 250, EDITOR_MS = 1000, NEW_GRID_MS = 5000;
const POINTER = ["pointerdown", "pointerup", "mousedown", "mouseup", "click", "dblclick", "touchstart", "touchend"], PRESS = { pointerdown: ["pointerdown", "mousedown"], pointerup: ["pointerup", "mouseup", "click"] }, KEYS = ["keydown", "keyup", "keypress"];
const KEPT_OPEN = "click-outside-ignore", FIELDS = 'input, textarea, select, [contenteditable="true"]'; // the grid's editor stays open at a press within that class
const TABLE = '[class*="st-key-grid-"]', EDITOR = ".gdg-input", CANVAS = 'canvas[data-testid="data-grid-canvas"]', SELECTED = `${TABLE} ${CANVAS} td[aria-selected="true"]`;

/**
 * Watch the grid from now on; gives `isAtRest()`, `stands(edition)`, `replay()` for when it need wait no longer, `defer`, and `isAwaited()`:
 * a new grid may come and would select a cell again.
 */
function watchGrid(isHeld) {
  const waiting = [];
  let wanted = null; // the cell that was selected when a paste or Undo began: the grid that comes of it selects it again
  let touched = -Infinity, heldPress = false, replaying = false, elsewhere = null; // what was pressed meanwhile: the keys that follow are for it
  const editor = () => document.querySelector(EDITOR);
  const isGrid = (target) => Boolean(target?.closest?.(`${TABLE}, ${EDITOR}`));
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

  for (const type of [...POINTER, ...KEYS, "paste"]) window.addEventListener(type, hear, { capture: true, passive: false });
  document.documentElement.addEventListener("pointermove", (event) => { if (replaying && event.isTrusted) event.stopPropagation(); }); // it is elsewhere by now: see grid_mouse.js

  function hear(event) {
    if (event.isReplayed) return;
    const held = event.ctrlKey || event.metaKey, isUndo = held && /^z$/i.test(event.key), isPaste = held && /^v$/i.test(event.key);
    if (event.type === "pointerdown") wanted = null;
    const cell = (isUndo || isPaste) && isGrid(event.target) && document.querySelector(SELECTED)?.id;
    if (cell) wanted = { cell, edition: Math.max(...editions()), until: performance.now() + NEW_GRID_MS };
    if (isUndo) return; // it is an operation itself
    const mine = isGrid(event.target) || (heldPress && event.type !== "pointerdown"); // a press that waits has not moved the focus
    if (mine) touched = performance.now();
    const waits = replaying || waiting.length > 0 || isHeld();
    if (event.type === "pointerdown") { heldPress = mine && waits; if (mine) elsewhere = null; }
    if (replaying && !mine && event.type === "mousedown" && !event.composedPath()[0].closest?.(FIELDS)) {
      event.preventDefault(); // the focus stays in the grid
      elsewhere = event.composedPath().find((element) => element.tabIndex >= 0) ?? document.body;
    }
    if (!mine || event.type === "paste" || !waits) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { type, key, code, shiftKey, ctrlKey, metaKey, altKey, clientX, clientY, button, buttons, detail, pointerId, pointerType, isPrimary } = event;
    if (KEYS.includes(type) || PRESS[type]) waiting.push([event.constructor, type, { key, code, shiftKey, ctrlKey, metaKey, altKey, clientX, clientY, button, buttons, detail, pointerId, pointerType, isPrimary, bubbles: true, cancelable: true, composed: true, view: window }, KEYS.includes(type) ? elsewhere : null]);
  }

  /** Do all that has waited; what comes meanwhile waits behind it. */
  async function replay() {
    const comesAnew = isAwaited() && document.activeElement === document.body && editions().length && editions().every((edition) => edition > wanted.edition);
    if (replaying || !(waiting.length || comesAnew)) return;
    keepOpen((replaying = true));
    const [canvas] = document.querySelectorAll(`${TABLE} ${CANVAS}`);
    if (comesAnew) await selectAgain(canvas);
    let operation = null;
    while (waiting.length && !operation) {
      const [Kind, type, init, other] = waiting.shift();
      if (type === "operation") operation = init;
      else if (other) send(other, new Kind(type, init));
      else if (canvas?.isConnected) await (KEYS.includes(type) ? press(canvas, Kind, type, init) : point(canvas, type, init));
    }
    if ((operation || elsewhere) && editor()) send(editor(), new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, cancelable: true, composed: true }));
    if (elsewhere) await leaveFor(elsewhere);
    keepOpen((replaying = false));
    elsewhere = null;
    heldPress &&= waiting.length > 0;
    touched = performance.now();
    operation?.();
  }

  /** Give the grid the focus, for which it selects its first cell, and then the cell that is wanted: its table for screen readers takes it. */
  async function selectAgain(canvas) {
    const cell = () => canvas.querySelector(`#${wanted?.cell}`);
    for (const until = performance.now() + EDITOR_MS; !cell() && performance.now() < until; ) await frame(); // its row may have gone
    if (cell()) {
      canvas.focus({ preventScroll: true });
      await frame();
      await frame();
      cell()?.focus({ preventScroll: true });
      await frame();
    }
    wanted = null;
  }

  /** The focus goes where was pressed meanwhile, once the grid has taken back its own from the cell's editor. */
  async function leaveFor(element) {
    await frame();
    await frame();
    if (element === document.body) document.activeElement?.blur();
    else element.focus({ preventScroll: true });
  }

  /** Have an operation wait behind what waits already; false where nothing does. */
  function defer(operation) {
    if (!replaying && !waiting.length) return false;
    waiting.push([null, "operation", operation]);
    return true;
  }

  /** While keys are done again, a press elsewhere neither closes the cell's editor nor takes the focus. */
  const keepOpen = (on) => document.documentElement.classList.toggle(KEPT_OPEN, on);
  const send = (target, event) => { event.isReplayed = true; target.dispatchEvent(event); };

  /** The grid takes no notice of a mouse that has just come, until it has been drawn twice. */
  async function point(canvas, type, init) {
    for (let turn = 0; turn < 2 && type === "pointerdown"; turn++) { send(canvas, new PointerEvent("pointermove", { ...init, buttons: 0 })); send(canvas, new MouseEvent("mousemove", { ...init, buttons: 0 })); await frame(); await frame(); }
    keepOpen(false);
    for (const each of PRESS[type]) send(canvas, new (each.startsWith("pointer") ? PointerEvent : MouseEvent)(each, init));
    keepOpen(true);
    await frame();
    canvas.focus({ preventScroll: true }); // not before: with nothing selected it would select its first cell, and the press then open that
  }

  /** A key opens the editor with its letter, later ones write on in it; what an event of ours does not write is written here. */
  async function press(canvas, Kind, type, init) {
    const field = editor(), isLetter = init.key.length === 1 && !init.ctrlKey && !init.metaKey;
    if (field && type === "keydown" && (isLetter || init.key === "Backspace")) {
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, isLetter ? field.value + init.key : field.value.slice(0, -1));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      await frame(); // the editor takes over what was written a moment later, and Enter before that drops it
      await frame();
      send(field ?? canvas, new Kind(type, init));
    }
    if (!field && type === "keydown" && isLetter) for (const until = performance.now() + EDITOR_MS; !editor() && performance.now() < until; ) await frame();
    await frame();
  }

  const editions = () => [...document.querySelectorAll(TABLE)].filter((grid) => grid.querySelector(CANVAS)).map((grid) => Number(grid.className.match(/st-key-grid-(\d+)/)?.[1] ?? -1)).filter((edition) => edition >= 0);
  const isAwaited = () => wanted !== null && performance.now() < wanted.until;
  return {
    defer,
    isAwaited,
    hasWaiting: () => replaying || waiting.length > 0,
    isEditor: (target) => Boolean(target.closest?.(EDITOR)),
    isAtRest: () => !editor() && !replaying && performance.now() - touched > REPORTED_MS,
    /** Whether the grid of an edition stands, or a later one, or there is none on the page. */
    stands: (edition) => !document.querySelector(TABLE) || editions().some((one) => one >= edition),
    replay,
  };
}
