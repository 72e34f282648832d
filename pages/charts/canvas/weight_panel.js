// The panel of a weight that was chosen in the drawing: its number at the cursor's epoch, what would be if it were another
// one there, and training that starts from it. Typed numbers are read in Python, like all on the page.
import { formatEpoch, formatNumber, shorten } from "./numbers.js";
import { isFrozen, weightAt } from "./scene.js";
import { weightName } from "./words.js";

const LEAST_REACH = 4, REACH = 1.5, TRIED_DIGITS = 3;

/** The loss of a trial, and that of the rows held out. */
const lossWords = ({ loss, testLoss }) => (loss === null ? "" : ` Loss ${formatNumber(loss)}${testLoss === null ? "" : `, held out ${formatNumber(testLoss)}`}.`);

/**
 * Fill `place`; `edits` sends to Python: `type(text)` has a text read, `push(change)` changes the settings. Gives
 * `read(told)`, what Python says of them, `tell(view)`, `forget()` what was typed, and `leave()`, which ends a trial or else
 * closes the panel.
 */
export function mountWeightPanel(place, stage, edits) {
  place.innerHTML = `<div class="line"><select data-part="weight name" aria-label="Weight"></select><span data-part="weight now"></span><button type="button" data-part="weight close" aria-label="Close" title="Close (Escape)">×</button></div>
    <div class="line" data-part="weight trial"><label>What if it were <input type="text" inputmode="text" autocomplete="off" maxlength="100" data-part="weight number"> here?</label><input type="range" step="any" data-part="weight slider" aria-label="What if it were"></div>
    <p data-part="what if" role="status"></p>
    <div class="line"><button type="button" data-part="weight back"></button><button type="button" data-part="weight start"></button></div>`;
  const find = (part) => place.querySelector(`[data-part="${part}"]`), number = find("weight number"), slider = find("weight slider");
  let typed = null, told = null, asked = "", shape = "", reach = LEAST_REACH, problem = "";

  const ownValue = () => { const { scene, state } = stage, { layer, i, j } = state.weight; return weightAt(scene.network, stage.view().trained, layer, i, j); };
  const write = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const shortText = (value) => formatNumber(value, 3, stage.scene.zero_weight);
  const plainText = (value) => String(Number(value.toPrecision(6)));

  /** Try a number, at once; null goes back to the training's own. */
  function tryNumber(value) {
    [typed, problem] = [null, ""];
    stage.tryWeight(value === null ? null : { ...stage.state.weight, value });
  }

  /** Have the typed text read, and go on with what comes of it. */
  function ask() {
    if (typed === null || typed === asked) return;
    asked = typed;
    edits.type(typed);
  }

  slider.addEventListener("input", () => tryNumber(Number(Number(slider.value).toPrecision(TRIED_DIGITS))));
  number.addEventListener("input", () => { [typed, asked] = [number.value, ""]; stage.paint(); });
  number.addEventListener("change", ask);
  find("weight back").addEventListener("click", () => { tryNumber(null); number.focus(); });
  find("weight start").addEventListener("click", () => {
    const { layer, i, j } = stage.state.weight;
    ask(); // so that the panel says what is wrong with it
    edits.push({ kind: "start", run: stage.scene.run, layer, source: i, neuron: j, text: typed ?? String(stage.state.whatIf?.value ?? ownValue()) });
  });
  find("weight close").addEventListener("click", close);
  find("weight name").addEventListener("change", () => {
    const [layer, i, j] = find("weight name").value.split(" ").map(Number);
    stage.chooseWeight({ layer, i, j });
  });
  place.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation(); // here letters and arrows are no shortcuts
    if (event.key === "Escape") { event.preventDefault(); leave(); }
    if (event.key === "Enter" && event.target === number) { event.preventDefault(); ask(); }
  });

  function close() { stage.chooseWeight(null); }

  /** One step back: from a trial to the training's own number, from that out of the panel. */
  function leave() {
    if (stage.state.whatIf || typed !== null) tryNumber(null);
    else close();
  }

  /** What Python says: `reading` {text, number, words} of the text that was typed last. */
  function read(fresh) {
    told = fresh;
    const reading = told?.reading;
    if (!reading || typed === null || reading.text !== typed || reading.at !== edits.typedAt()) return;
    if (reading.number !== null) tryNumber(reading.number);
    else {
      stage.tryWeight(null);
      [typed, asked, problem] = [reading.text, reading.text, reading.words]; // it stays in the box
    }
    stage.paint();
  }

  /** The weights that go into the same neuron, its bias last. */
  function listWeights(scene, { layer, i, j }) {
    const wanted = `${scene.run} ${layer} ${j}`, count = scene.network.sizes[layer] + Number(scene.biased);
    if (wanted !== shape) {
      find("weight name").replaceChildren(...Array.from({ length: count }, (_, source) => {
        const name = `${weightName(scene, { layer, i: source, j })}${isFrozen(scene, layer, source, j) ? ", frozen" : ""}`;
        return Object.assign(document.createElement("option"), { value: `${layer} ${source} ${j}`, textContent: name });
      }));
      shape = wanted;
    }
    find("weight name").value = `${layer} ${i} ${j}`;
  }

  function tell(view) {
    const { scene, weight, whatIf, trained, epoch } = view;
    place.hidden = !weight || !told;
    if (place.hidden) return;
    const value = weightAt(scene.network, trained, weight.layer, weight.i, weight.j), now = whatIf?.value ?? value;
    listWeights(scene, weight);
    write(find("weight now"), `${shortText(value)} at epoch ${formatEpoch(epoch)}`);
    find("weight now").title = String(value);
    find("weight trial").hidden = !scene.computed;
    if (typed === null && number.value !== plainText(now)) number.value = plainText(now);
    if (!whatIf) reach = Math.max(LEAST_REACH, REACH * scene.weightScales[weight.layer], 2 * Math.abs(value));
    const wide = Math.max(reach, Math.abs(now));
    if (Number(slider.max) !== wide) Object.assign(slider, { min: -wide, max: wide });
    if (Number(slider.value) !== now) slider.value = now;
    slider.setAttribute("aria-valuetext", shortText(now));
    write(find("what if"), whatIf ? `What if: w = ${shortText(now)} instead of ${shortText(value)}. Not trained${view.sizes.projector ? "." : `, so the curves below stay as they are.${lossWords(scene.trial)}`}` : problem);
    write(find("weight back"), `Back to ${shortText(value)}`);
    find("weight back").disabled = !whatIf;
    const start = find("weight start"), from = typed === null ? plainText(now) : typed.trim();
    write(start, `Start training${from && ` from ${shorten(from, 12)}`}`);
    start.disabled = Boolean(told.start_refusal);
    start.title = told.start_refusal || "Makes this the start weight, and trains. Undo brings the old one back.";
  }

  return { read, tell, leave, forget: () => { [typed, problem, asked] = [null, "", ""]; }, focus: () => number.focus() };
}
