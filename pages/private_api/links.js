// A report that is sent after a click on a link to another page has the page before drawn instead, and the click is lost: the front end
// names in it the page that it still shows (Streamlit 1.67, `sendRerunBackMsg`). Reports are late: the player's by 250 ms, the grid's by
// 150 ms, a text field's until the focus has left it. So the click on a link, or on a button that opens another page, waits until what
// was done just before it has been reported.
// tests/browser/test_links.py fails first if that changes.
const ALL_REPORTED_MS = 350, MOST_BUSY_MS = 1000, DOING = ["keydown", "input", "pointerdown", "pointerup", "focusout"];
const OPENS = '[class*="st-key-leave-"] button'; // the key of a button that opens another page begins with "leave"

function holdLinks() {
  if (window.glassboxHoldsLinks) return;
  window.glassboxHoldsLinks = true;
  let last = -Infinity, released = null, turn = 0;
  const whenIdle = (act) => (window.requestIdleCallback ? requestIdleCallback(act, { timeout: MOST_BUSY_MS }) : setTimeout(act)); // the front end sends a report a little later; Safari has timers alone
  const linkOf = (event) => event.composedPath().find((element) => element.matches?.(`a[href], ${OPENS}`));
  const isToPage = (link) => link.matches(OPENS) || link.origin === location.origin && link.protocol !== "blob:" && !link.target && !link.hasAttribute("download");

  for (const type of DOING) window.addEventListener(type, (event) => { if (!linkOf(event)) last = performance.now(); }, true);
  window.addEventListener("click", (event) => {
    const link = linkOf(event), wait = last + ALL_REPORTED_MS - performance.now();
    if (!link || link === released || !isToPage(link) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    document.dispatchEvent(new CustomEvent("glassbox-leave"));
    const mine = ++turn; // of several clicks the last one counts
    if (wait <= 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    setTimeout(() => whenIdle(() => { released = link; if (mine === turn && link.isConnected) link.click(); released = null; }), wait);
  }, true);
}
