// Keeps the visitor's own tables in sessionStorage: they survive a reload, and a server that has lost them.
const TABLES = "glassbox tables";

export default function ({ data, setTriggerValue }) {
  replaceWithinPage();
  keepLettersInGrid();
  hideEditSigns();
  try {
    const [began, kept] = (sessionStorage.getItem(TABLES) ?? "").split(/\n(.*)/s);
    if (kept && began !== data.began && !data.restored) setTriggerValue("tables", kept);
    else if (data.tables) sessionStorage.setItem(TABLES, `${data.began}\n${data.tables}`);
  } catch { /* a browser can forbid storage */ }
  listKeys(() => setTriggerValue("keys", true));
  takePastes((paste) => setTriggerValue("paste", paste), () => setTriggerValue("late", true));
}
