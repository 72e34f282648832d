// A button's shortcut is a listener on the document, which leaves text fields alone (1.67, hotkeys-js) but not the grid: a letter typed
// while a cell that is only read is selected would press Train or Projector. The grid itself hears keys at React's root, before the body.
// tests/browser/test_keyboard.py fails first if that changes.
function keepLettersInGrid() {
  if (window.glassboxKeepsLetters) return;
  window.glassboxKeepsLetters = true;
  document.body.addEventListener("keydown", (event) => {
    const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isLetter && event.target.closest?.('[data-testid="stDataFrame"]')) event.stopPropagation();
  });
}
