// While the mouse is not over its cells, Streamlit's grid (1.67, `onGridSelectionChange` asks a state that `onMouseMove` sets) selects no other
// cell: arrows do nothing, and after Enter the next number goes into the same cell. So while the grid has the focus it is not told of a mouse
// that is elsewhere (it listens at the document), and is told of one over its first cell where the focus comes without the mouse.
// tests/browser/test_grid.py fails first if that changes.
const GRID_FRAME = '[data-testid="stDataFrame"]', FIRST_CELL = { left: 4, top: 40 };

function keepMouseFromGrid() {
  if (window.glassboxKeepsMouse) return;
  window.glassboxKeepsMouse = true;
  let isOver = false;
  const hasFocus = () => Boolean(document.activeElement?.closest(`${GRID_FRAME}, .gdg-input`));

  window.addEventListener("pointermove", (event) => { if (event.isTrusted) isOver = isOverCells(event); }, true);
  document.documentElement.addEventListener("pointermove", (event) => {
    if (event.isTrusted && event.buttons === 0 && !isOver && hasFocus()) event.stopPropagation();
  });
  window.addEventListener("focusin", ({ target, relatedTarget, isTrusted }) => {
    if (isTrusted && !isOver && target.matches(`${GRID_FRAME} canvas`) && !target.contains(relatedTarget)) bringMouse(target);
  }, true);
}

/** Whether the mouse is over a cell or title of a grid, and not in the room beside or below them. */
function isOverCells({ target, clientX, clientY }) {
  const scroller = target.closest?.(".dvn-scroller"), [row, column] = scroller?.querySelectorAll(".dvn-stack > *") ?? [];
  if (!column) return false;
  const { left, top } = scroller.getBoundingClientRect();
  return clientX - left + scroller.scrollLeft < row.offsetWidth && clientY - top + scroller.scrollTop < column.offsetHeight;
}

/** Tell a grid of a mouse over its first cell; once it knows, it hears of the focus again, and selects that cell if none is selected. */
async function bringMouse(canvas) {
  const { left, top } = canvas.getBoundingClientRect(), place = { clientX: left + FIRST_CELL.left, clientY: top + FIRST_CELL.top };
  canvas.dispatchEvent(new PointerEvent("pointermove", { ...place, pointerType: "mouse", bubbles: true }));
  for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
  if (document.activeElement === canvas) canvas.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
}
