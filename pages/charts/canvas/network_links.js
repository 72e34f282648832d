// The links of the network's drawing: how wide each is, which of many are drawn, and the signals that run in them.
import { shareInk, signInk } from "./colors.js";
import { traceLink } from "./network_layout.js";
import { gradientAt, largestGradient, weightAt } from "./scene.js";

const MOST_DRAWN = 200, MOST_BRIGHT = 40, MOST_ON_WALL = 40, FULL_WIDTH = 12, FADED = 0.12, PALE = 0.5, LEAST_SIGNAL = 0.3, LEAST_FLOW = 1, DASHES = [9, 6], FLOW_PIXELS_A_SECOND = 45;

export const linkWeight = ({ scene, frame }, { layer, i, j }) => weightAt(scene.network, frame, layer, i, j);

/** The gradient of a link's weight at the epoch that is shown, of what training had there; null where gradients are not asked for. */
const linkGradient = ({ scene, trained }, { layer, i, j }) => (scene.gradients ? gradientAt(scene, trained, layer, i, j) : null);

/** How much of a link the signal that it carries fills: |a| of its source, as a share of the largest; 1 where it is not known. */
const filledShare = (view, { layer, i }) => (view.signals ? Math.min(Math.abs(view.signals[layer][i]) / view.scene.scales[layer], 1) : 1);

/**
 * The links that are drawn: all, or of many those that are lit or have a pill and the strongest of the others, each with
 * its strength, a share of the layer's largest weight; the strongest last, on top.
 */
function drawnLinks(view, layout, lit, written) {
  const { scene } = view;
  const drawn = layout.links.flat().map((link) => ({
    link, weight: linkWeight(view, link), isLit: !lit || lit.link(link), first: lit ? lit.link(link) : written.has(link),
    share: Math.min(Math.abs(linkWeight(view, link)) / scene.weightScales[link.layer], 1),
  }));
  drawn.sort((a, b) => b.first - a.first || b.share - a.share);
  return drawn.slice(0, Math.max(mostDrawn(view), drawn.filter(({ first }) => first).length)).sort((a, b) => a.share - b.share);
}

/**
 * Each link as wide as its weight, thinner where there are many, pale; within it, its signal, which runs while it plays.
 * Its colour is its weight's sign or, where gradients are asked for, its gradient: grey at 0, full where it is largest.
 */
export function drawLinks(ctx, view, layout, lit, written) {
  const { sizes, palette } = view, [thin, wide] = sizes.edge, count = layout.links.flat().length;
  const most = Math.min(wide, Math.max(2.5, wide * Math.sqrt(FULL_WIDTH / count)));
  const steepest = view.scene.gradients ? largestGradient(view.scene, view.trained) : 1;
  ctx.lineCap = "butt";
  ctx.lineDashOffset = -(view.now * FLOW_PIXELS_A_SECOND) / 1000;
  for (const { link, weight, share, isLit } of drawnLinks(view, layout, lit, written)) {
    const width = thin + Math.max(0, most - thin) * share, signal = width * filledShare(view, link);
    ctx.beginPath();
    traceLink(ctx, link);
    const gradient = linkGradient(view, link), color = gradient === null ? signInk(palette, weight) : shareInk(palette, gradient / steepest);
    if (sizes.projector) { strokeOnWall(ctx, view, isLit ? color : palette.muted, isLit ? width : thin, isLit && (gradient ?? weight) < 0); continue; }
    Object.assign(ctx, { strokeStyle: color, lineWidth: width });
    const behind = lit || count <= MOST_BRIGHT ? 1 : 0.5 + 0.5 * share; // of many links the weak ones stay behind
    ctx.globalAlpha = isLit ? PALE * behind : FADED;
    ctx.stroke();
    if (!isLit || signal < LEAST_SIGNAL) continue;
    ctx.setLineDash(view.flowing && signal > LEAST_FLOW ? DASHES : []);
    ctx.lineWidth = signal;
    ctx.globalAlpha = behind;
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** A link on a projector: never pale, with a rim that parts it from those below; a negative one is dashed. */
function strokeOnWall(ctx, { palette, sizes }, color, width, dashed) {
  for (const [strokeStyle, lineWidth, dash] of [[palette.background, width + 2 * sizes.thin_line, []], [color, width, dashed ? [3 * sizes.thin_line, 3 * sizes.thin_line] : []]]) {
    ctx.setLineDash(dash);
    Object.assign(ctx, { strokeStyle, lineWidth });
    ctx.stroke();
  }
  ctx.setLineDash([]);
}

const mostDrawn = ({ sizes }) => (sizes.projector ? MOST_ON_WALL : MOST_DRAWN);

/** Whose numbers there are, `epoch`, what the colours mean, and how many of the links are drawn; a projector has room for one of the two. */
export function networkCaption(view, epoch) {
  const { scene, sizes, shownRow } = view, { projector } = sizes, most = mostDrawn(view), layers = scene.network.sizes;
  const all = layers.slice(1).reduce((sum, units, layer) => sum + units * layers[layer], 0), strongest = all > most ? `the ${most} strongest of ${all.toLocaleString("en-US")} links` : "";
  const row = shownRow === null ? "where you point" : `row ${shownRow + 1}`, signs = scene.gradients ? "gradient blue +, orange −" : `blue plus, orange minus${projector ? ", dashed" : ""}`;
  if (projector) return `${row[0].toUpperCase()}${row.slice(1)}${epoch}: ${strongest || signs}`;
  return `The network, ${row}${epoch}: ${signs}${strongest && `, ${strongest}`}`;
}
