// Keeps the visitor's own tables in sessionStorage: they survive a reload, and a server that has lost them.
const TABLES = "glassbox tables";

export default function ({ data, setStateValue, setTriggerValue }) {
  try {
    const [began, kept] = (sessionStorage.getItem(TABLES) ?? "").split(/\n(.*)/s);
    if (kept && began !== data.began && !data.restored) setTriggerValue("tables", kept);
    else if (data.tables) sessionStorage.setItem(TABLES, `${data.began}\n${data.tables}`);
  } catch { /* a browser can forbid storage */ }
  takeOperations(data, (operations) => setStateValue("operations", operations));
  listKeys(() => setTriggerValue("keys", true));
  const pastes = (window.glassboxPastes ??= {});
  pastes.report = (paste) => setTriggerValue("paste", paste);
  if (pastes.isLate) setTriggerValue("late", true); // the grid's own listener comes first, unless it is made anew
  pastes.isLate = false;
}
