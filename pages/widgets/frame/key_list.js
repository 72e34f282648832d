// "?" opens the list of keys on every page. A key that is pressed while it is open closes it and does its work. Escape closes
// it too: the dialog hears it only once it has the focus, which is a moment after it is seen (1.67). It is known by its
// title, as what is in it comes a moment later.
const keyList = () => [...document.querySelectorAll('[role="dialog"]')].find((dialog) => dialog.querySelector("h2")?.textContent === "KEYS_TITLE");
const WORKS = /^( |ArrowLeft|ArrowRight|Home|End|[a-z])$/i;
let openKeyList = null;

function listKeys(open) {
  if (!openKeyList) window.addEventListener("keydown", hearKey, true);
  openKeyList = open;
}

function hearKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const list = keyList(), asks = event.key === "?", closes = asks || ["Escape", "h"].includes(event.key);
  if (!list && (!asks || writesInto(event.composedPath()[0]) || document.querySelector('[role="dialog"]'))) return;
  if (list && !closes && !WORKS.test(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!list) return openKeyList();
  list.querySelector('button[aria-label="Close"]')?.click();
  if (!closes) pressWhenClosed(event);
}

const TEXT_FIELD = 'input:not([type="range"], [type="radio"], [type="checkbox"]), textarea, [contenteditable="true"]';
const writesInto = (target) => target.closest?.(`${TEXT_FIELD}, select, [data-testid="stDataFrame"]`);

/** The same key once more, on the page: keyCode is for Streamlit's shortcuts (1.67, hotkeys-js). */
function pressWhenClosed({ key, code, keyCode }) {
  if (keyList()) return void requestAnimationFrame(() => pressWhenClosed({ key, code, keyCode }));
  for (const kind of ["keydown", "keyup"]) {
    document.body.dispatchEvent(new KeyboardEvent(kind, { key, code, keyCode, bubbles: true, cancelable: true }));
  }
}
