// Plus and minus below the drawing: neurons of each hidden layer, hidden layers, the activation of each. A click counts at
// once, however many come before the page has answered: each goes out as `glassbox-operation` on the document, where whoever
// listens gives it its number `n` and tells Python of it until it is applied (widgets/frame/operations.js).
let pending = []; // of all mounts: for a moment Streamlit has an old one beside the new one, and both can be clicked
const NAMES = { more: "+", fewer: "−" };

/** How many weights and biases layers of these sizes have, as `require_few_weights` counts them. */
const countWeights = (sizes) => sizes.slice(1).reduce((sum, units, k) => sum + (sizes[k] + 1) * units, 0);

/** The shape {hidden, activations} after a change; the same one where it is at a limit, as in network_changes.py. */
export function changeShape(shape, change, told) {
  const hidden = [...shape.hidden], activations = [...shape.activations];
  if (change.kind === "units") hidden[change.layer] += change.by;
  else if (change.kind === "activation") activations[change.layer] = change.name;
  else if (change.kind === "layers" && change.by > 0) {
    activations.splice(hidden.length, 0, activations[hidden.length - 1] ?? told.first.activation);
    hidden.push(hidden.at(-1) ?? told.first.units);
  } else if (change.kind === "layers") { activations.splice(hidden.length - 1, 1); hidden.pop(); }
  return whyNot(shape, change, told) ? shape : { hidden, activations };
}

/** Why a change is not possible, in words; "" where it is. */
export function whyNot(shape, { kind, layer, by }, { limits, features, targets }) {
  const { hidden } = shape, tooMany = (sizes) => (countWeights([features, ...sizes, targets]) > limits.weights ? `A network has at most ${limits.weights.toLocaleString("en-US")} weights.` : "");
  if (kind === "units") {
    if (hidden[layer] === undefined) return "There is no such layer.";
    if (by < 0) return hidden[layer] > 1 ? "" : "A layer has at least one neuron. Remove the layer instead.";
    if (hidden[layer] >= limits.units) return `A layer has at most ${limits.units} neurons.`;
    return tooMany(hidden.map((units, k) => units + Number(k === layer)));
  }
  if (kind !== "layers") return "";
  if (by < 0) return hidden.length ? "" : "There is no hidden layer to remove.";
  if (hidden.length >= limits.layers) return `A network has at most ${limits.layers} hidden layers.`;
  return tooMany([...hidden, hidden.at(-1) ?? 1]);
}

/**
 * Fill `place`; `send(name, value)` tells Python of a typed number. Gives `read(told)`, what Python says of the settings, null for none;
 * `arrange(xs)`, which puts the controls below columns that lie there; `push(change)`, `type(text)` and `typedAt()`.
 */
export function mountNetworkEditor(place, send) {
  const remark = Object.assign(document.createElement("p"), { className: "remark" }), columns = [];
  let told = null, typedAt = 0, xs = [];
  place.append(remark);

  const shape = () => pending.reduce((now, change) => changeShape(now, change, told), { hidden: told.hidden, activations: told.activations });

  function push(change) {
    document.dispatchEvent(new CustomEvent("glassbox-operation", { detail: change }));
    if (change.n) pending.push(change);
    write();
  }

  function read(fresh) {
    told = fresh;
    place.hidden = !told?.hidden;
    if (!told) return;
    pending = pending.filter(({ n }) => n > told.applied);
    if (told.hidden) write();
  }

  function button(what, change) {
    const element = Object.assign(document.createElement("button"), { type: "button", textContent: NAMES[what] });
    element.dataset.part = `one ${what}`;
    element.addEventListener("click", () => element.getAttribute("aria-disabled") !== "true" && push(change()));
    return element;
  }

  /** A column of controls: minus, a number, plus; below that the activation, or a word. */
  function addColumn() {
    const column = Object.assign(document.createElement("div"), { className: "column", role: "group" }), at = columns.length;
    const change = (by) => () => (at ? { kind: "units", layer: at - 1, by } : { kind: "layers", by });
    const count = Object.assign(document.createElement("span"), { className: "count" }), select = document.createElement("select"), name = Object.assign(document.createElement("span"), { className: "name" });
    select.addEventListener("change", () => push({ kind: "activation", layer: at - 1, name: select.value }));
    const line = document.createElement("div");
    line.append(button("fewer", change(-1)), count, button("more", change(1)));
    column.append(name, line, ...(at ? [select] : []));
    columns.push({ column, line, count, select: at ? select : null, name });
    place.insertBefore(column, remark);
  }

  function write() {
    const { hidden, activations } = shape(), wanted = hidden.length + 2;
    while (columns.length < wanted) addColumn();
    while (columns.length > wanted) columns.pop().column.remove();
    columns.forEach(({ column, line, count, select, name }, at) => {
      const layer = at - 1, isOutput = at === wanted - 1, layerName = hidden.length > 1 ? `hidden layer ${at}` : "the hidden layer";
      column.setAttribute("aria-label", at ? (isOutput ? "Output layer" : `Hidden layer ${at}: ${hidden[layer]} ${hidden[layer] === 1 ? "neuron" : "neurons"}`) : `Hidden layers: ${hidden.length}`);
      name.textContent = at ? (isOutput ? "output" : hidden.length > 1 ? `hidden ${at}` : "hidden") : hidden.length === 1 ? "hidden layer" : "hidden layers";
      line.hidden = isOutput;
      count.textContent = at ? hidden[layer] ?? "" : hidden.length;
      const names = at ? [`One neuron fewer in hidden layer ${at}`, `One more neuron in hidden layer ${at}`] : ["Remove the last hidden layer", "Add a hidden layer"];
      ["fewer", "more"].forEach((what, k) => {
        const element = line.querySelector(`[data-part="one ${what}"]`), by = k ? 1 : -1;
        const reason = told.refusal || (isOutput ? "" : whyNot({ hidden, activations }, at ? { kind: "units", layer, by } : { kind: "layers", by }, told));
        element.setAttribute("aria-disabled", Boolean(reason)); // and not `disabled`: it keeps the focus, and its reason can be read
        element.setAttribute("aria-label", names[k]);
        element.title = reason || names[k];
      });
      if (select) writeSelect(select, isOutput, activations[layer], isOutput ? "Activation of the output" : `Activation of ${layerName}`);
    });
    remark.textContent = told.refusal;
    const places = xs;
    xs = [];
    arrange(places);
  }

  function writeSelect(select, isOutput, value, label) {
    const choices = told.choices[isOutput ? "output" : "hidden"], key = choices.map(([name]) => name).join(" ");
    if (select.dataset.choices !== key) select.replaceChildren(...choices.map(([name, text]) => Object.assign(document.createElement("option"), { value: name, textContent: text })));
    select.dataset.choices = key;
    if (select.value !== value) select.value = value;
    Object.assign(select, { disabled: Boolean(told.refusal), title: told.refusal || label });
    select.setAttribute("aria-label", label);
  }

  /** Below the drawing's columns where there is room for that, else one after the other, each with its name. */
  function arrange([first, end]) {
    if (first === undefined || place.hidden || !columns.length || (first === xs[0] && end === xs[1])) return; // as in most paintings: to measure takes time
    xs = [first, end];
    const apart = (end - first) / (columns.length - 1), widest = Math.max(...columns.map(({ column }) => column.offsetWidth));
    const fits = apart >= widest + 2 && first >= widest / 2 && end + widest / 2 <= place.clientWidth;
    place.classList.toggle("below", fits);
    columns.forEach(({ column }, at) => { column.style.left = fits ? `${Math.round(first + at * apart)}px` : ""; });
  }

  return {
    read, arrange, push,
    type: (text) => { typedAt = Date.now(); send("typed", { text, at: typedAt }); },
    typedAt: () => typedAt,
  };
}
