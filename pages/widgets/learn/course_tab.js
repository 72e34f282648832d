// Keeps the answers of the course in sessionStorage: they survive a reload, and a server that has lost them. A lesson that
// has just been opened is shown from its top, and an explanation that has just come is brought into sight.
const COURSE = "glassbox course";
let last = null;

export default function ({ data, setTriggerValue }) {
  try {
    const [began, kept] = (sessionStorage.getItem(COURSE) ?? "").split(/\n(.*)/s);
    if (kept && began !== data.began && !data.restored) setTriggerValue("kept", kept);
    else if (data.progress) sessionStorage.setItem(COURSE, `${data.began}\n${data.progress}`);
  } catch { /* a browser can forbid storage */ }
  if (last?.lesson !== data.lesson) scrollToTop();
  else if (last.answers !== data.answers) requestAnimationFrame(() => scrollIntoSight(".st-key-explanation"));
  last = data;
  return () => { last = null; };
}
