// Matrices as tables with one button per number. A click reports the number's place to Python; arrow keys move the focus.
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
    make("tfoot", {}, make("tr", {}, make("td", { colSpan: matrix.columns.length + 1 }, matrix.more))));

  const terms = [];
  for (const part of data.parts) { // when the line wraps, a sign stays with the matrix after it
    const sign = typeof part === "string";
    if (sign || terms.length === 0 || terms.at(-1).querySelector("table")) terms.push(make("div", { className: "term" }));
    terms.at(-1).append(sign ? make("span", { className: part === "·" ? "sign product" : "sign" }, part) : table(part));
  }
  root.classList.toggle("wall", Boolean(data.wall));
  for (const [name, color] of Object.entries(data.colors)) root.style.setProperty(`--${name}`, color);
  const equation = make("div", { className: "equation", role: "group", ariaLabel: data.title }, ...terms);
  root.replaceChildren(make("h2", {}, data.title), make("p", {}, data.about), equation);
  (numbers()[focused] ?? root.querySelector(".chosen") ?? numbers()[0]).tabIndex = 0; // the one number that Tab stops at
  numbers()[focused]?.focus({ preventScroll: true });

  root.onkeydown = (event) => {
    const cell = event.target.closest("td"), move = MOVES[event.key];
    if (!move || !cell || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const [down, along] = move, tables = [...root.querySelectorAll("table")], at = tables.indexOf(cell.closest("table"));
    const button = (table, row, column) => [...(table?.rows[row]?.querySelectorAll("button") ?? [])].at(column);
    const row = cell.parentElement.rowIndex + down, column = cell.cellIndex - 1 + along;
    const beside = along && (column < 0 || column >= cell.parentElement.cells.length - 1);
    const next = beside ? button(tables[at + along], row, along < 0 ? -1 : 0) : button(tables[at], row, column);
    next?.focus();
  };
}
