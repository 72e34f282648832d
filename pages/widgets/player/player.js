// One player for all charts of a run: it shows the frame named after an epoch in every chart at once (private_api/plotly.js).
// Canvases listen to `glassbox-epoch` on the document, {run, index, playing, row}, and may ask for it by `glassbox-ask`;
// `glassbox-save` {run, format} asks them for files. `glassbox-leave` says that another page is about to be opened.
const FRAME_MS = 30, REPORT_MS = 250, LOST_MS = 400, STEP_MS = 1000, PATIENCE_MS = 5000, DRAWING = "Still drawing…", GREETING_EPOCH = 100, GREETING_MS = 3000;
const STILL = matchMedia("(prefers-reduced-motion: reduce)"); // if the system asks for it, Play moves in a few steps
const STEPS = { back: "One step back", next: "One step on" }, EPOCHS = { back: "Previous epoch", next: "Next epoch" };
const players = new WeakMap();

export default function (component) {
  const { parentElement, data, setStateValue } = component;
  let player = players.get(parentElement);
  if (!player) players.set(parentElement, (player = makePlayer(parentElement)));
  player.update(data, setStateValue);
  return () => { player.stop(); players.delete(parentElement); };
}

function makePlayer(root) {
  const find = (name) => root.querySelector(`[data-part="${name}"]`);
  const slider = find("slider"), play = find("play"), speed = find("speed");
  const listening = new AbortController(), on = { signal: listening.signal }, heard = new WeakSet();
  let data = null, report = null, at = 0, asked = null, playing = false, opened = false, turn = 0, reporting = 0, shown = null, painting = null, redrawn = 0, redrawnWith = null;

  const charts = () => allCharts().filter((c) => data.charts.includes(chartToken(c)));
  const ready = () => {
    const drawn = charts(), all = drawn.length >= data.charts.length && data.charts.every((token) => drawn.some((c) => chartToken(c) === token));
    return !data.charts.length || (all && drawn.every(canAnimate));
  };
  const later = (ms) => new Promise((done) => setTimeout(done, ms));
  const label = (button, words) => { button.setAttribute("aria-label", words); button.title = `${words} (${{ back: "←", next: "→" }[button.dataset.part]})`; };
  const number = (value) => value.toLocaleString("en-US");
  const remark = find("remark"), motionless = remark.textContent;
  const say = (words) => { remark.textContent = words || motionless; root.querySelector(".player").classList.toggle("still", Boolean(words)); };
  const cannotMove = () => charts().length >= data.charts.length && !charts().every(canAnimate); // all are drawn, but not so that we can move them
  root.querySelector(".player").classList.add("alive");

  function hear(chart) { // Streamlit redraws a chart when its container is resized, and an animation in progress is lost
    if (!heard.has(chart)) onRedraw(chart, () => { redrawn++; if (!painting) redrawnWith = null; if (!listening.signal.aborted) paint(); });
    heard.add(chart);
  }

  const announce = () => document.dispatchEvent(new CustomEvent("glassbox-epoch", { detail: { run: data.run, index: at, playing, row: data.row, drawn: data.cursor } }));
  document.addEventListener("glassbox-ask", () => data && announce(), on);
  document.addEventListener("glassbox-leave", () => { if (playing) { turn++; show(false); } }, on); // what it reported now would bring the page back: links.js
  document.addEventListener("glassbox-what-if", ({ detail }) => { // a weight is tried in the pictures: with it, the loss here is another
    if (data && detail.run === data.run) find("loss").textContent = detail.loss === null ? data.losses[at] : `${detail.loss} (what if)`;
  }, on);

  async function paint() { // frames asked for while one is being drawn: only the last of them is drawn
    if (painting) return painting;
    painting = (async () => {
      while (shown !== `${data.charts} ${at} ${redrawn}`) {
        const wanted = `${data.charts} ${at} ${redrawn}`, epoch = data.epochs[at], before = String(data.charts);
        const since = performance.now();
        while (!ready()) {
          await later(30);
          if (listening.signal.aborted || String(data.charts) !== before) break;
          if (performance.now() - since > PATIENCE_MS) say(cannotMove() ? motionless : DRAWING);
        }
        if (listening.signal.aborted) return;
        if (String(data.charts) !== before) continue;
        say("");
        charts().forEach(hear);
        if (data.redraw && (redrawnWith !== data.redraw || charts().some((c) => !c.dataset.epoch))) await redrawCharts(charts(), (redrawnWith = data.redraw));
        const drawn = charts().map((c) => showFrame(c, epoch));
        await Promise.race([Promise.all(drawn), later(LOST_MS)]); // for a chart that has been replaced the promise never settles
        shown = wanted;
      }
    })();
    try { await painting; } finally { painting = null; }
  }

  function go(index, tell = true) {
    at = Math.max(0, Math.min(data.epochs.length - 1, index));
    asked = null;
    slider.value = at;
    slider.style.setProperty("--played", `${(100 * at) / Math.max(1, data.epochs.length - 1)}%`);
    const epoch = data.epochs[at];
    slider.setAttribute("aria-valuetext", `epoch ${number(epoch)}, loss ${data.losses[at]}`);
    find("epoch").textContent = number(epoch);
    find("loss").textContent = data.losses[at];
    for (const mark of find("marks").children) mark.setAttribute("aria-pressed", Number(mark.value) === epoch);
    announce();
    if (tell) { clearTimeout(reporting); reporting = setTimeout(() => send(), REPORT_MS); }
    return paint();
  }

  const send = (typed) => report?.("moved", { run: data.training || data.run, epoch: typed ?? data.epochs[at], typed: typed !== undefined, at: Date.now() });

  function show(state) {
    playing = state;
    play.querySelector("path").setAttribute("d", state ? "M6 4h4v16H6zM14 4h4v16h-4z" : "M6 4l14 8-14 8z");
    play.setAttribute("aria-label", state ? "Pause" : "Play");
    find("reading").setAttribute("aria-live", state ? "off" : "polite"); // a screen reader must not read thirty frames a second
    root.host?.setAttribute?.("data-playing", state);
    announce();
  }

  function pause() { turn++; if (playing) { show(false); send(); } }

  function stop() { // the next stop of Play with reduced motion: a tenth of the run on, or the next milestone if that is nearer
    const tenth = at + Math.ceil(data.epochs.length / 10);
    return Math.min(tenth, ...data.marks.map(([, epoch]) => data.epochs.indexOf(epoch)).filter((index) => index > at));
  }

  async function start(from) {
    const mine = ++turn;
    clearTimeout(reporting);
    show(true);
    await go(from, false);
    let began = performance.now(), due = from;
    while (mine === turn && at < data.epochs.length - 1 && STILL.matches) {
      await later(STEP_MS / Number(speed.value));
      if (mine === turn) await go(stop(), false);
    }
    while (mine === turn && at < data.epochs.length - 1) { // timed by the clock: a slow machine skips frames
      const now = performance.now();
      due += ((now - began) * Number(speed.value)) / FRAME_MS;
      began = now;
      if (Math.floor(due) > at) await go(Math.floor(due), false);
      else await new Promise(requestAnimationFrame);
    }
    if (mine === turn) pause();
  }

  async function greet() { // the first epochs, once, and then the page as it opens; whoever touches the player stops it
    const mine = ++turn, frames = data.epochs.findLastIndex((epoch) => epoch <= GREETING_EPOCH);
    show(true);
    await go(0, false);
    const began = performance.now();
    for (let share = 0; mine === turn && share < 1;) {
      await new Promise(requestAnimationFrame);
      share = Math.min(1, (performance.now() - began) / GREETING_MS);
      if (mine === turn) await go(Math.floor(share * frames), false);
    }
    if (mine === turn) { show(false); go(data.cursor, false); }
  }

  const toggle = () => (playing ? pause() : start(at >= data.epochs.length - 1 ? 0 : at));
  const jump = (index) => { pause(); go(index); };
  const last = () => data.epochs[data.epochs.length - 1];
  function step(way) { // one kept epoch; on a page without charts one epoch, kept or not, which the page then shows
    if (data.moves_something) return jump(at + way);
    pause();
    asked = Math.max(0, Math.min(last(), (asked ?? data.epochs[at]) + way));
    find("epoch").textContent = number(asked);
    send(asked);
  }
  const acts = {
    first: () => jump(0), back: () => step(-1), play: toggle, next: () => step(1),
    last: () => jump(data.epochs.length - 1),
  };
  for (const [name, act] of Object.entries(acts)) find(name).addEventListener("click", act, on);
  acts.type = () => { typed.value = ""; typing(true); typed.focus(); };
  const save = find("save");
  save.addEventListener("change", () => { // every chart as it looks now, on the page's background
    const format = save.value, background = getComputedStyle(root.querySelector(".player")).backgroundColor;
    save.value = "";
    document.dispatchEvent(new CustomEvent("glassbox-save", { detail: { run: data.run, format } }));
    for (const c of charts()) {
      const filename = `glassbox ${c.layout.title.text.split(/[,:(]/)[0].trim()} epoch ${data.epochs[at]}`.toLowerCase().replace(/\s+/g, "-");
      saveChart(c, background, format, filename);
    }
  }, on);
  const typed = find("typed"), written = find("epoch");
  const typing = (state) => { typed.hidden = !state; written.hidden = state; };
  typed.addEventListener("keydown", (event) => { // in this field, letters and arrows are not shortcuts
    event.stopPropagation();
    if (event.key === "Escape") typing(false);
    const epoch = Number(typed.value.replace(/\D/g, ""));
    if (event.key !== "Enter") return;
    if (typed.value.trim()) data.moves_something ? jump(data.epochs.findLastIndex((kept) => kept <= epoch)) : (pause(), send(epoch));
    typing(false);
  }, on);
  typed.addEventListener("blur", () => typing(false), on);
  slider.addEventListener("input", () => jump(Number(slider.value)), on);

  listenToKeys(root, acts, { speed, save, slider }, on);

  let seen = null;
  const watching = setInterval(() => { // charts are drawn for light or dark mode: report a change of mode
    const [r, g, b] = (getComputedStyle(play.closest(".player")).getPropertyValue("background-color").match(/\d+/g) ?? []).map(Number);
    const scheme = r + g + b < 384 ? "dark" : "light";
    if (scheme !== data?.scheme && scheme !== seen) report?.("scheme", (seen = scheme));
    if (scheme === data?.scheme) seen = null;
    if (data?.charts.length && !painting && ready() && charts().some((c) => !c.dataset.epoch)) { redrawn++; paint(); } // a chart that has just been mounted
  }, 500);

  return {
    stop() { turn++; clearTimeout(reporting); clearInterval(watching); listening.abort(); },
    update(fresh, tell) {
      const first = data === null, other = first || String(fresh.charts) !== String(data.charts), again = !first && fresh.plays !== data.plays;
      const same = !first && (fresh.run === data.run || Boolean(fresh.training && fresh.training === data.training)), moved = !first && fresh.moves !== data.moves;
      const before = data?.epochs[at], atEnd = at === (data?.epochs.length ?? 0) - 1, marks = String(data?.marks);
      data = fresh; report = tell;
      if (same && atEnd && !playing) at = data.epochs.length - 1; // of a run in training, which has come further since
      else if (same && data.epochs[at] !== before) at = Math.max(0, data.epochs.findLastIndex((epoch) => epoch <= before));
      slider.max = data.epochs.length - 1;
      root.querySelector(".player").classList.toggle("wall", Boolean(data.wall));
      save.hidden = !data.moves_something;
      find("of").textContent = number(last());
      for (const [name, words] of Object.entries(data.moves_something ? STEPS : EPOCHS)) label(find(name), words);
      if (other || data.redraw) shown = null;
      if (!same) { turn++; show(false); clearTimeout(reporting); }
      if (!same || String(data.marks) !== marks) {
        find("marks").replaceChildren(...data.marks.map(([label, epoch]) => {
          const mark = document.createElement("button");
          mark.type = "button"; mark.value = epoch; mark.textContent = `${label}: ${number(epoch)}`;
          mark.title = `Jump to epoch ${number(epoch)}`;
          mark.addEventListener("click", () => jump(data.epochs.indexOf(epoch)), on);
          return mark;
        }));
      }
      const sent = same ? asked : null;
      if (again && data.moves_something) {
        play.focus({ preventScroll: true });
        if (window.innerWidth <= 900) /* the charts are below the table */ play.closest(".player").scrollIntoView({ behavior: STILL.matches ? "auto" : "smooth", block: "start" });
        start(0);
      }
      else if (data.opens && !opened) { // the link says play: report at once, so that it happens only once
        opened = true;
        at = data.cursor;
        send();
        toggle();
      }
      else if (first && data.greets && !STILL.matches && isNewcomer()) greet();
      else if (!same || moved || again) {
        go(data.cursor, false);
        if (sent !== null && sent !== data.epochs[at]) find("epoch").textContent = number((asked = sent)); // the answer is to an earlier press
      }
      else { // the same run, perhaps seen otherwise: stay where we are, and go on playing
        if (fresh.training) go(at, false);
        else announce();
        if (other) paint();
      }
    },
  };
}
