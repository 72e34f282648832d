// A link too long for any address is kept in sessionStorage: it survives a reload, and a server that has lost it.
const KEPT = "glassbox";

export default function ({ data, setTriggerValue }) {
  let kept = "";
  try {
    if (data.link) sessionStorage.setItem(KEPT, data.link);
    else kept = sessionStorage.getItem(KEPT) ?? "";
  } catch { /* a browser can forbid storage */ }
  if (!data.link) setTriggerValue("kept", kept);
}
