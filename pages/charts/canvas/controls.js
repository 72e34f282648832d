// What can be chosen of the answer's picture: which one, of which target, over which inputs, and where the others are held.
import { formatNumber, shorten } from "./numbers.js";
import { axesFor, possibleAnswers } from "./view.js";

const NAMES = { plane: "Map of two inputs", curve: "Curve along one input", rows: "Every row", confusion: "Confusion matrix" };

/** Fill `place` with them; each change goes to `stage.set`. Gives `show(look, held)`, which has them say what is drawn. */
export function mountControls(place, stage) {
  let scene = null, shape = "";

  /** A label round `element`, with words before it. */
  function labelFor(element, part, ...words) {
    const label = document.createElement("label");
    element.dataset.part = part;
    label.append(...words, element);
    return label;
  }

  function select(text, part, options, choose) {
    const element = document.createElement("select");
    element.append(...options.map(([value, name]) => Object.assign(document.createElement("option"), { value, textContent: name })));
    element.addEventListener("change", () => choose(element.value));
    return labelFor(element, part, text);
  }

  function slider(input) {
    const column = scene.column(input), [min, max] = [Math.min(...column), Math.max(...column)];
    const element = Object.assign(document.createElement("input"), { type: "range", min, max, step: "any" });
    element.addEventListener("input", () => stage.set({ held: { ...stage.state.look.held, [input]: Number(element.value) } }));
    return labelFor(element, `held ${input}`, `${shorten(scene.inputs[input], 16)} `, document.createElement("output"), " ");
  }

  function axis(text, k) {
    const { axes } = stage.state.look, inputs = scene.varying.map((input) => [input, shorten(scene.inputs[input], 16)]);
    return select(text, `axis ${k}`, inputs, (value) => {
      const chosen = Number(value), now = [...stage.state.look.axes], other = now.indexOf(chosen);
      if (other >= 0) now[other] = axes[k]; // the two change places
      now[k] = chosen;
      stage.set({ axes: now, held: {} });
    });
  }

  function build(look) {
    const parts = [select("", "kind", possibleAnswers(scene, look.answer).map((answer) => [answer, NAMES[answer]]), (answer) => stage.set({ answer, axes: axesFor(scene, answer, look.axes) }))];
    parts[0].querySelector("select").setAttribute("aria-label", "Picture of the answer");
    if (scene.targets.length > 1 && look.answer !== "confusion") {
      const all = scene.kind === "multiclass" || look.answer === "curve" ? [["", scene.kind === "multiclass" ? "the winner" : "all"]] : [];
      parts.push(select("of ", "target", [...all, ...scene.targets.map((name, k) => [k, shorten(name, 16)])], (value) => stage.set({ target: value === "" ? null : Number(value) })));
    }
    const drawn = { plane: ["across ", "up "], curve: ["along "] }[look.answer] ?? [];
    if (scene.varying.length > drawn.length) drawn.forEach((text, k) => parts.push(axis(text, k)));
    if (drawn.length) scene.varying.filter((input) => !look.axes.includes(input)).forEach((input) => parts.push(slider(input)));
    if (look.answer === "plane" && scene.middles) {
      const flat = Object.assign(document.createElement("input"), { type: "checkbox", checked: look.discrete });
      flat.addEventListener("change", () => stage.set({ discrete: flat.checked }));
      parts.push(labelFor(flat, "discrete", "flat colours "));
    }
    if (stage.gradients !== undefined) {
      const colored = Object.assign(document.createElement("input"), { type: "checkbox" });
      colored.addEventListener("change", () => { stage.gradients = colored.checked; stage.send("gradients", { on: colored.checked, at: Date.now() }); });
      parts.push(labelFor(colored, "gradients", "lines by gradient "));
    }
    place.replaceChildren(...parts);
  }

  function show(look, held) {
    const wanted = [look.answer, look.axes, scene.inputs, scene.targets, scene.varying, scene.kind, stage.gradients !== undefined].join(" ");
    if (wanted !== shape) build(look);
    shape = wanted;
    const write = (part, value) => { const element = place.querySelector(`[data-part="${part}"]`); if (element && element.value !== String(value)) element.value = value; };
    write("kind", look.answer);
    write("target", look.target ?? "");
    const colored = place.querySelector('[data-part="gradients"]');
    if (colored) colored.checked = stage.gradients;
    look.axes?.forEach((input, k) => write(`axis ${k}`, input));
    for (const element of place.querySelectorAll("[type=range]")) {
      const value = held[element.dataset.part.split(" ")[1]];
      if (Number(element.value) !== value) element.value = value;
      element.setAttribute("aria-valuetext", formatNumber(value));
      element.parentElement.querySelector("output").textContent = formatNumber(value);
    }
  }

  return { show, read: (fresh) => { scene = fresh; shape = ""; } };
}
