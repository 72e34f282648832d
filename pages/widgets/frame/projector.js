// Projector mode's keys press buttons of the page, except in a text field or while a dialog is open.
// It also reports the window's size relative to 1280x720: CSS scales the page, but Python must draw the charts anew.
export default function ({ data, setStateValue }) {
  let waiting = 0, told = data.factor;
  const measure = () => {
    const factor = Math.floor(100 * Math.min(window.innerWidth / 1280, window.innerHeight / 720)) / 100;
    if (window.innerWidth >= 900 && factor !== told) setStateValue("factor", (told = factor));
  };
  const resized = () => { clearTimeout(waiting); waiting = setTimeout(measure, 200); };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.composedPath()[0], name = data.keys[event.key.toLowerCase()];
    if (!name || target.closest?.('input:not([type="range"]):not([type="radio"]), textarea, select, [contenteditable="true"]')) return;
    if (document.querySelector('[role="dialog"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Streamlit has shortcuts of its own: R reruns the page
    const buttons = [...document.querySelectorAll(`[class*="st-key-${name}"] button:not([disabled])`)];
    const on = buttons.findIndex((button) => button.ariaChecked === "true"); // of a segmented control, press the next one
    buttons[(on + 1) % buttons.length]?.click();
  };
  const leave = (event) => { if (event.target.closest(".st-key-leave button")) useUsualFontSize(); };
  useFontSizeOfStyle();
  window.addEventListener("keydown", press, true);
  window.addEventListener("click", leave, true);
  window.addEventListener("resize", resized);
  measure();
  return () => {
    clearTimeout(waiting);
    useFontSizeOfStyle();
    window.removeEventListener("keydown", press, true);
    window.removeEventListener("click", leave, true);
    window.removeEventListener("resize", resized);
  };
}
