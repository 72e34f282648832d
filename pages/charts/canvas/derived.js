// Derived inputs: formulas of the table's columns, computed at every point as engine/model/formulas computes them.
import { FUNCTIONS } from "./functions.js";

/** NumPy's power, also where JavaScript's is NaN; NumPy squares by one product. */
const power = (a, b) => (b === 2 ? a * a : a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b);

const OPERATORS = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b, "^": power };

/**
 * The table's inputs with the derived ones after them, all in the table's units. An input is a number that all points
 * share, or a Float64Array with one a point; a formula is a number or [what, ...parts], as `formula_tree` writes it.
 */
export const addDerived = (formulas, inputs) => [...inputs, ...formulas.map((formula) => compute(formula, inputs))];

function compute(formula, inputs) {
  if (typeof formula === "number") return formula;
  const [what, ...parts] = formula;
  if (what === "column") return inputs[parts[0]];
  const [a, b] = parts.map((part) => compute(part, inputs));
  if (b === undefined) return ofEach(a, FUNCTIONS[what] ?? ((x) => -x));
  const join = OPERATORS[what];
  if (typeof b === "number") return ofEach(a, (x) => join(x, b));
  if (typeof a === "number") return ofEach(b, (x) => join(a, x));
  return a.map((x, p) => join(x, b[p]));
}

const ofEach = (values, calculate) => (typeof values === "number" ? calculate(values) : values.map((x) => calculate(x)));
