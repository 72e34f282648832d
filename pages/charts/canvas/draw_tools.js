// The tools to draw with, a quiet row below the map: Draw, and while it is on, what a press does, the class or value of new points, and what was done.
import { shorten } from "./numbers.js";

const TOOLS = { point: "points", brush: "brush", erase: "delete" };
export const HINTS = {
  point: "Press to add a point, drag one to move it. The arrows and Enter do both; Delete removes the chosen one.",
  brush: "Drag over the map: points are scattered along the way.",
  erase: "Press on points, or drag over them, to delete them.",
};

/** Fill `place` with them; a change calls `changed`. Gives `show(facts, isShown)`, `say(words)` and the choices: `tools`. */
export function mountTools(place, changed) {
  const tools = { on: false, tool: "point", choice: 0, values: [] };
  let shape = "";

  function element(tag, fields, ...children) {
    const made = Object.assign(document.createElement(tag), fields);
    made.append(...children);
    return made;
  }
  const part = (name, made) => { made.dataset.part = name; return made; };
  const said = part("drawn", element("span", { className: "drawn" }));
  said.setAttribute("role", "status");
  const say = (words) => { if (said.textContent !== words) said.textContent = words; };

  function build({ locked, choices, values }) {
    const draw = part("draw", element("button", { type: "button", textContent: "Draw", disabled: Boolean(locked), title: locked || "Draw points on the map: they are rows of the table." }));
    draw.setAttribute("aria-pressed", tools.on);
    draw.addEventListener("click", () => { tools.on = !tools.on; say(tools.on ? HINTS[tools.tool] : ""); changed(); });
    if (locked) say(locked);
    if (!tools.on) { place.replaceChildren(draw, said); return; }
    const kinds = Object.entries(TOOLS).map(([tool, name]) => {
      const radio = part(`tool ${tool}`, element("input", { type: "radio", name: "glassbox tool", checked: tool === tools.tool }));
      radio.addEventListener("change", () => { tools.tool = tool; say(HINTS[tool]); changed(); });
      return element("label", {}, radio, name);
    });
    const set = element("span", { className: "set" }, ...kinds);
    set.setAttribute("role", "radiogroup");
    set.setAttribute("aria-label", "What a press on the map does");
    place.replaceChildren(draw, set, ...(choices.length ? [classChoice(choices)] : values.map(valueBox)), said);
  }

  function classChoice(choices) {
    tools.choice = Math.min(tools.choice, choices.length - 1);
    const select = part("class", element("select", {}, ...choices.map(([name], at) => element("option", { value: at, textContent: shorten(name, 24) }))));
    select.value = tools.choice;
    select.addEventListener("change", () => { tools.choice = Number(select.value); });
    return element("label", {}, "new ones ", select);
  }

  function valueBox([name, value], k) {
    tools.values[k] ??= value;
    const box = part(`value ${k}`, element("input", { type: "number", step: "any", value: tools.values[k] }));
    box.addEventListener("input", () => { if (Number.isFinite(box.valueAsNumber)) tools.values[k] = box.valueAsNumber; });
    return element("label", {}, `new ones ${shorten(name, 16)} = `, box);
  }

  function show(facts, isShown) {
    if (!facts || facts.locked) tools.on = false;
    place.hidden = !facts || !isShown;
    const wanted = facts ? JSON.stringify([facts.locked, facts.choices.map(([name]) => name), facts.values.map(([name]) => name), tools.on]) : "";
    if (facts && wanted !== shape) {
      const focused = place.getRootNode().activeElement?.dataset.part;
      build(facts);
      place.querySelector(`[data-part="${focused}"]`)?.focus();
    }
    shape = wanted;
  }

  /** The targets of a new row. */
  const targets = ({ choices, values }) => (choices.length ? choices[tools.choice][1] : values.map((_, k) => tools.values[k]));
  const name = ({ choices, values }) => (choices.length ? choices[tools.choice][0] : values.map(([target], k) => `${target} = ${tools.values[k]}`).join(", "));

  return { tools, show, say, targets, name };
}
