// The table's rows as they are once what was just drawn is done to them: so a point stands under the finger before the page knows of it.

/** The rows of a run: inputs, targets, whether held out, and its index in the run; `fresh` ones have no answer of NumPy's yet. */
export function rowsOf(scene) {
  return Array.from({ length: scene.rows }, (_, row) => ({
    inputs: scene.row(row), targets: scene.targets.map((_, k) => scene.target(row, k)), held: scene.isHeldOut.has(row), from: row, fresh: false,
  }));
}

/** The rows of a table that is further than the run, cell by cell; those that the run has as well are its own. */
export function rowsFrom(scene, table, held) {
  const known = new Map(rowsOf(scene).map((row) => [String([...row.inputs, ...row.targets]), row]));
  return table.map((cells, at) => {
    const row = known.get(String(cells)), inputs = cells.slice(0, scene.inputs.length).map((cell) => cell ?? NaN);
    return { inputs, targets: cells.slice(scene.inputs.length), held: held[at], from: row?.from ?? null, fresh: !row };
  });
}

/** Rows after operations; one on a row that is not there does nothing. */
export function applyOperations(rows, operations) {
  for (const operation of operations) {
    if (operation.kind === "add") rows = [...rows, ...operation.rows.map((cells) => rowAt(cells, rows[0]?.inputs.length ?? operation.width))];
    else if (operation.kind === "delete") rows = rows.filter((_, row) => !operation.rows.includes(row));
    else if (operation.kind === "move") rows = rows.map((row, at) => (at === operation.row ? { ...row, inputs: row.inputs.map((value, i) => operation.inputs.find(([input]) => input === i)?.[1] ?? value), fresh: true } : row));
  }
  return rows;
}

const rowAt = (cells, width) => ({ inputs: cells.slice(0, width), targets: cells.slice(width), held: false, from: null, fresh: true });

/** A scene with other rows: it is drawn and pointed at as the run's own, and of fresh rows nothing says whether they are right. */
export function sceneWithRows(scene, rows) {
  const classOf = ({ targets }) => (scene.kind === "multiclass" ? targets.indexOf(Math.max(...targets)) : Number(targets[0] > scene.middles[0]));
  const indices = (test) => rows.flatMap((row, at) => (test(row) ? [at] : [])), held = indices((row) => row.held);
  return Object.assign(Object.create(scene), {
    rows: rows.length,
    row: (row) => rows[row]?.inputs ?? scene.row(0),
    target: (row, k) => rows[row].targets[k],
    answer: (frame, row) => scene.answer(frame, rows[row].from),
    row_classes: scene.row_classes && rows.map(classOf),
    held_out: held,
    isHeldOut: new Set(held),
    isQuestion: new Set(indices(({ targets }) => targets.every((target) => target === null))),
    isFresh: new Set(indices(({ fresh }) => fresh)),
  });
}

/** A value in as many digits as tell places on a map apart: about a hundredth of its range. */
export function roundWithin(value, [low, high]) {
  const power = Math.floor(Math.log10((high - low) / 100)), step = 10 ** Math.max(power, 0), digits = Math.min(Math.max(-power, 0), 100);
  return Number((power > 0 ? Math.round(value / step) * step : value).toFixed(digits)) + 0;
}
