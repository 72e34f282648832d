// What is done on the pictures and outside the grid, in the order in which it is done: `glassbox-operation` {kind, ...} on the document, Undo, Redo.
// Each operation gets a number and is told until the page says that it is applied (`applied`), on whatever page that is. A cell that is being
// typed comes first: an operation waits until the grid has reported it (private_api/grid_rest.js). What is told while the front end is
// busy with another run can be lost, so it is told again, each time after twice as long: every message stops the run that is on its way.
const LOOK_MS = 30, LOST_MS = 8000, AGAIN_MS = 4000, STEP_BUTTONS = { undo: ".st-key-undo button", redo: ".st-key-redo button" };

function takeOperations(data, report) {
  const state = (window.glassboxOperations ??= listenForOperations());
  state.take(data, report);
}

function listenForOperations() {
  let queue = [], last = 0, began = null, edition = 0, report = null, timer = 0, since = 0, toldAt = 0, times = 0;
  const isBusy = () => queue.length > 0 || !grid.stands(edition);
  const grid = watchGrid(() => isBusy() && performance.now() - since < LOST_MS);

  function take(data, tell) {
    report = tell;
    const waited = queue.length;
    queue = queue.filter(({ n }) => n > data.applied);
    if (queue.length < waited) times = 0;
    last = Math.max(last, data.applied);
    edition = data.edition;
    if (began !== data.began) for (const operation of queue) operation.told = false; // another server knows of none of them
    began = data.began;
    look();
  }

  function add(operation) {
    last = operation.n = Math.max(last + 1, Date.now()); // also above those of the page before a reload
    if (!grid.defer(() => enqueue(operation))) enqueue(operation);
  }

  function enqueue(operation) {
    queue.push(operation);
    since = performance.now();
    look();
  }

  /** Tell what has not been told, once the grid is at rest; and let the grid go on once it is the one of the last table. */
  function look() {
    clearTimeout(timer);
    const untold = queue.some(({ told }) => !told), isLate = queue.length && performance.now() - toldAt > AGAIN_MS * 2 ** times;
    if ((untold || isLate) && grid.isAtRest()) {
      times = untold ? 0 : times + 1;
      for (const operation of queue) operation.told = true;
      since = toldAt = performance.now();
      report(queue.map(({ told, ...operation }) => operation));
    }
    if (!isBusy() || performance.now() - since > LOST_MS) grid.replay();
    if (isBusy() || grid.isAwaited()) timer = setTimeout(look, LOOK_MS);
  }

  const buttonFor = (kind) => document.querySelector(STEP_BUTTONS[kind]);
  window.addEventListener("click", (event) => {
    const kind = Object.keys(STEP_BUTTONS).find((each) => event.target.closest?.(STEP_BUTTONS[each]));
    if (kind && !event.isReplayed) takeOver(event, { kind });
    const link = event.target.closest?.('a[data-testid="stTopNavLink"]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && !isRested()) { stop(event); leave(link); }
  }, true);
  window.addEventListener("keydown", (event) => {
    const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform), mod = isMac ? event.metaKey : event.ctrlKey;
    if (!mod || event.altKey || event.key.toLowerCase() !== "z") return;
    const kind = event.shiftKey ? "redo" : "undo", button = buttonFor(kind), target = event.composedPath()[0];
    if (!button || document.querySelector('[role="dialog"]') || hasOwnUndo(target)) return;
    takeOver(event, { kind }); // though the button may not know yet that there is something to take back
  }, true);
  document.addEventListener("glassbox-operation", ({ detail }) => add(detail));

  /**
   * A text field takes back what was typed into it. A list that is closed has nothing of its own to take back, though it is a field too;
   * nor has a cell into which keys are only now done again.
   */
  const hasOwnUndo = (target) => target.closest?.(TEXT_FIELD) && !target.matches('[role="combobox"][aria-expanded="false"]') && !(grid.hasWaiting() && grid.isEditor(target));

  const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  function takeOver(event, operation) { stop(event); add(operation); }

  /** Whether nothing waits to be told, by the grid or from here. */
  const isRested = () => grid.isAtRest() && !grid.hasWaiting() && queue.every(({ told }) => told);
  function leave(link) { if (isRested()) link.click(); else setTimeout(() => leave(link), LOOK_MS); }

  return { take };
}
