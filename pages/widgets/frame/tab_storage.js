// What no address can hold, this tab keeps, through a reload and for a server that has lost it: a link, or none.
const KEPT = "glassbox";

export default function ({ data, setTriggerValue }) {
  let kept = "";
  try {
    if (data.link) sessionStorage.setItem(KEPT, data.link);
    else kept = sessionStorage.getItem(KEPT) ?? "";
  } catch { /* some browsers forbid keeping */ }
  if (!data.link) setTriggerValue("kept", kept);
}
