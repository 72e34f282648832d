// Keeps the answers of the course in sessionStorage: they survive a reload, and a server that has lost them. A lesson that
// has just been opened is shown from its top, and an explanation that has just come is brought into sight. Where there is
// no player to tell that the page turned dark or light, this does: charts are drawn for one or the other.
const COURSE = "glassbox course", WATCH_MS = 500;
let last = null, watching = 0;

export default function ({ parentElement, data, setTriggerValue }) {
  try {
    const [began, kept] = (sessionStorage.getItem(COURSE) ?? "").split(/\n(.*)/s);
    if (kept && began !== data.began && !data.restored) setTriggerValue("kept", kept);
    else if (data.progress) sessionStorage.setItem(COURSE, `${data.began}\n${data.progress}`);
  } catch { /* a browser can forbid storage */ }
  if (last?.lesson !== data.lesson) scrollToTop();
  else if (last.answers !== data.answers) requestAnimationFrame(() => scrollIntoSight(".st-key-explanation"));
  last = data;
  clearInterval(watching);
  if (data.scheme) watching = watchScheme(parentElement, data.scheme, (scheme) => setTriggerValue("scheme", scheme));
  return () => { last = null; clearInterval(watching); };
}

function watchScheme(root, told, report) {
  const probe = root.querySelector("i") ?? root.appendChild(document.createElement("i"));
  probe.style.background = "var(--st-background-color)";
  return setInterval(() => {
    const [r, g, b] = (getComputedStyle(probe).backgroundColor.match(/\d+/g) ?? []).map(Number);
    const scheme = r + g + b < 384 ? "dark" : "light";
    if (scheme !== told) report((told = scheme));
  }, WATCH_MS);
}
