// What the table shows of a run: each row's outputs as text, as pages/widgets/table/grid_outputs.py writes them.
import { addDerived } from "./derived.js";
import { forward, outputPlane } from "./forward.js";
import { formatNumber } from "./numbers.js";
import { isRight } from "./scene.js";

/** The outputs of a row at a frame, [{text, right}]: `right` is null for a question. */
export function outputCells(scene, frame, row) {
  const layers = forward(scene.network, frame, addDerived(scene.network.derived, scene.row(row)), 1);
  return scene.targets.map((_, k) => {
    const [value] = outputPlane(scene.network, layers, k, 1);
    return { text: formatNumber(value, 3, scene.zero_output), right: judge(scene, frame, row, k, value) };
  });
}

/** Of one output, or of classes, NumPy has said whether the row is right; of several, each is judged by itself. */
function judge(scene, frame, row, k, value) {
  if (scene.isQuestion.has(row)) return null;
  return scene.classes || scene.targets.length === 1 ? isRight(scene, frame, row) : isOutputRight(scene, row, k, value);
}

/** Whether an output that is no class is right: the rule of `correct_answers` in targets.py. */
export function isOutputRight({ kind, middles, undecided, close, target }, row, k, value) {
  if (kind === "binary") return Math.abs(value - middles[k]) > undecided && value > middles[k] === target(row, k) > middles[k];
  return Math.abs(value - target(row, k)) <= close[k];
}
