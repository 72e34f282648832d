// The grid takes a paste in a capturing listener on the window (Streamlit 1.67, glide-data-grid 6) and reads every cell by itself, over
// whatever columns come next. A listener that was there before the grid hears of the paste first and stops it, so ours stays where it
// is once it is there. tests/browser/test_paste.py fails first if that changes.
const GRID = '[class*="st-key-grid-"], [class*="st-key-start-"]';

function listenForPastes() {
  if (window.glassboxPastes) return;
  const state = (window.glassboxPastes = { isLate: Boolean(document.querySelector(`:is(${GRID}) canvas`)) });
  window.addEventListener("paste", (event) => takePaste(event, state), true);
  window.addEventListener("focusin", ({ target }) => { state.grid = target.closest(`:is(${GRID})`) ?? state.grid; }, true); // a cell's editor is not in it
}

function takePaste(event, state) {
  const active = document.activeElement, text = event.clipboardData?.getData("text/plain") ?? "";
  const inOpenCell = active?.closest(".gdg-input");
  if (inOpenCell ? !/[\t\n]/.test(text.trimEnd()) : !active?.closest(GRID)) return; // a word goes into an open cell as everywhere
  const selected = [...(state.grid?.querySelectorAll('td[aria-selected="true"]') ?? [])];
  const cells = selected.map((cell) => cell.id.match(/^glide-cell-(\d+)-(\d+)$/));
  if (!cells.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const first = (part) => Math.min(...cells.map((cell) => Number(cell[part])));
  const key = state.grid.className.match(/st-key-(\S+)/)[1];
  const heads = [...state.grid.querySelectorAll("th[aria-colindex]")];
  const titles = heads.map((head) => [Number(head.getAttribute("aria-colindex")) - 1, head.textContent.trim()]); // of those in view
  state.report?.({ text, key, row: first(2), column: first(1) - 1, titles });
}
