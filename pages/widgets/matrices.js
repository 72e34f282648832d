// Matrices as tables, a button a number. A click tells Python where the number belongs; arrow keys go from number to number.
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".step");
  const numbers = () => [...root.querySelectorAll("button")];
  const focused = numbers().indexOf(root.getRootNode().activeElement);

  const number = (matrix, row, column) => {
    const [text, value, mark] = [matrix.texts, matrix.values, matrix.marks].map((kind) => kind[row][column]);
    const title = `${matrix.name}, ${matrix.rows[row]}, ${matrix.columns[column]}: ${value}`;
    const kind = ["", "lit", "chosen"][mark], described = { title, ariaLabel: title, ariaPressed: mark === 2 };
    const button = make("button", { type: "button", tabIndex: -1, className: kind, ...described }, text);
    button.style.background = matrix.tints[row][column];
    button.addEventListener("click", () => setTriggerValue("picked", matrix.picks[row][column]));
    return button;
  };
  const table = (matrix) => make("table", {},
    make("caption", {}, make("b", {}, matrix.name), ` ${matrix.shape}`),
    make("thead", {}, make("tr", {}, make("td"), ...matrix.columns.map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...matrix.rows.map((name, row) => make("tr", {}, make("th", { scope: "row" }, name),
      ...matrix.columns.map((_, column) => make("td", {}, number(matrix, row, column)))))),
    make("tfoot", {}, make("tr", {}, make("td"), make("td", { colSpan: matrix.columns.length }, matrix.more))));

  const terms = [];
  for (const part of data.parts) { // a sign stays with the matrix behind it when the line is broken
    const sign = typeof part === "string";
    if (sign || terms.length === 0 || terms.at(-1).querySelector("table")) terms.push(make("div", { className: "term" }));
    terms.at(-1).append(sign ? make("span", { className: "sign" }, part) : table(part));
  }
  for (const [name, color] of Object.entries(data.colors)) root.style.setProperty(`--${name}`, color);
  const equation = make("div", { className: "equation", role: "group", ariaLabel: data.title }, ...terms);
  root.replaceChildren(make("h4", {}, data.title), make("p", {}, data.about), equation);
  (root.querySelector(".chosen") ?? numbers()[0]).tabIndex = 0;
  numbers()[focused]?.focus({ preventScroll: true });

  root.onkeydown = (event) => {
    const move = MOVES[event.key], cell = event.target.closest("td");
    if (!move || !cell || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const tables = [...root.querySelectorAll("table")], at = tables.indexOf(cell.closest("table"));
    const row = cell.parentElement.rowIndex + move[0], column = cell.cellIndex + move[1];
    const inside = tables[at].rows[row]?.cells[column]?.querySelector("button");
    const beside = move[1] && tables[at + move[1]]?.rows[row];
    (inside ?? (beside && [...beside.querySelectorAll("button")].at(move[1] < 0 ? -1 : 0)))?.focus();
  };
}
