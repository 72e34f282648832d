// What can be changed on the drawing: the network's shape, and one weight. Nothing can until Python has said what the
// settings are, as in a saved page.
import { layoutOf } from "./network.js";
import { mountNetworkEditor } from "./network_editor.js";
import { formatNumber } from "./numbers.js";
import { sentFrame } from "./scene.js";
import { mountWeightPanel } from "./weight_panel.js";
import { computeTrial } from "./what_if.js";

/** What the stage can do with it: `chooseWeight`, `tryWeight`, `stepBack`, `canTry`, `edit`, and `tell(view)` on each painting. */
export function mountEditing(root, { find, pictures, frame }, stage) {
  const { state } = stage, editor = mountNetworkEditor(find("editor"), stage.send);
  let canEdit = false;

  /** Choose a weight or a bias, null for none; the panel then has the keyboard where `isByKey`. */
  function chooseWeight(weight, isByKey = false) {
    const hadFocus = find("weight panel").contains(root.activeElement);
    tryWeight(null);
    state.weight = weight;
    panel.forget();
    stage.paintNow();
    if (weight && isByKey) panel.focus();
    else if (!weight && hadFocus) pictures.network.focus();
  }

  /** Show the epoch as it would be with one weight changed, {layer, i, j, value}, or as it was trained, null; the player is told the loss. */
  function tryWeight(weight) {
    if (!weight && !state.whatIf) return;
    const { scene } = stage;
    state.whatIf = weight && scene.computed ? weight : null;
    if (state.whatIf) computeTrial(scene, sentFrame(scene, state.index), state.whatIf);
    else panel.forget();
    frame.classList.toggle("what-if", Boolean(state.whatIf));
    const loss = state.whatIf && (scene.trial.loss === null ? "?" : formatNumber(scene.trial.loss));
    document.dispatchEvent(new CustomEvent("glassbox-what-if", { detail: { run: scene.run, loss } }));
    stage.settle();
  }

  function edit(told) {
    canEdit = Boolean(told);
    find("weight keys").hidden = !canEdit;
    editor.read(told);
    panel.read(told);
    stage.paint();
  }

  function tell(view) {
    panel.tell(view);
    const { network } = pictures;
    if (!canEdit || !network.clientWidth) return;
    const { nodes } = layoutOf(network, view, network.clientWidth, network.clientHeight);
    editor.arrange([nodes[0][0].x, nodes.at(-1)[0].x]);
  }

  const acts = { chooseWeight, tryWeight, edit, stepBack: () => state.weight && panel.leave(), canTry: () => canEdit };
  const panel = mountWeightPanel(find("weight panel"), Object.assign(stage, acts), editor);
  return { tell };
}
