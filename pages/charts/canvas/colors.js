// Colours of values: blue and orange for sign, a class's own colour for its share of the plane.
import { PALETTES } from "./palettes.js";

const STEPS = 256, STRONGEST = 0.86, LEAST_REGION = 0.2, FLAT_REGION = 0.75;
const tables = new Map();

export const paletteFor = (scheme) => PALETTES[scheme];

/** Whether the page is light or dark, told from the background that an element inherits. */
export function schemeOf(element) {
  const [red, green, blue] = (getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  return red + green + blue < 384 ? "dark" : "light";
}

/** The colour of a number's sign: blue for plus, orange for minus; 0 is neither. */
export const signInk = (palette, value) => (value < 0 ? palette.negative : value > 0 ? palette.positive : palette.muted);

/** The colour of a share from -1 to 1 as a line: grey at 0, the colour of its sign at the ends. */
export const shareInk = (palette, share) => mixColors(palette.muted, signInk(palette, share), Math.min(Math.abs(share) || 0, 1));

const parts = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));

/** One colour moved towards another by a share from 0 to 1, as "#rrggbb". */
export function mixColors(from, to, share) {
  const [a, b] = [parts(from), parts(to)];
  return `#${a.map((part, k) => Math.round(part + (b[k] - part) * share).toString(16).padStart(2, "0")).join("")}`;
}

/** The colour of a number from -1 to 1: orange, through the background, to blue. */
export function signColor(palette, value) {
  const strength = STRONGEST * Math.min(Math.abs(value) || 0, 1);
  return mixColors(palette.tints[1], value < 0 ? palette.negative : palette.positive, strength);
}

function luminance(color) {
  const [red, green, blue] = parts(color).map((part) => ((part / 255) <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The colour of words on a coloured ground: the page's words or its background, whichever is told apart better. */
export function inkOn({ text, background }, ground) {
  const contrast = (color) => { const [dark, light] = [luminance(color), luminance(ground)].sort((a, b) => a - b); return (light + 0.05) / (dark + 0.05); };
  return contrast(text) > contrast(background) ? text : background;
}

export const classColor = (palette, k) => palette.series[k % palette.series.length];

/** The colour of a class's part of the plane, `share` from 0 at the border to 1; flat where regions are "discrete". */
export function regionColor(palette, k, share, discrete) {
  const strength = discrete ? FLAT_REGION : LEAST_REGION + (1 - LEAST_REGION) * Math.min(Math.max(share, 0), 1);
  return mixColors(palette.background, palette.regions[k % palette.regions.length], strength);
}

/** The colours of values from -1 to 1 in 256 steps, each the four bytes of a canvas pixel as one number. */
function colorTable(key, color) {
  if (!tables.has(key)) {
    if (tables.size > 64) tables.clear();
    tables.set(key, Uint32Array.from({ length: STEPS }, (_, k) => {
      const [red, green, blue] = parts(color((2 * k) / (STEPS - 1) - 1));
      return (255 << 24) | (blue << 16) | (green << 8) | red; // bytes in a pixel run red, green, blue, opacity
    }));
  }
  return tables.get(key);
}

export const signTable = (palette) => colorTable(`sign ${palette.background}`, (value) => signColor(palette, value));

/** Values below 0 belong to class a, those above to class b. */
export const twoClassTable = (palette, a, b, discrete) =>
  colorTable(`two ${palette.background} ${a} ${b} ${discrete}`, (value) => regionColor(palette, value < 0 ? a : b, Math.abs(value), discrete));

/** From nothing at 0 to class k at 1; what is below 0 is nothing too. */
export const oneClassTable = (palette, k, discrete) =>
  colorTable(`one ${palette.background} ${k} ${discrete}`, (value) => {
    if (discrete) return value > 0.5 ? regionColor(palette, k, 1, true) : palette.background;
    return mixColors(palette.background, palette.regions[k % palette.regions.length], Math.max(value, 0));
  });

/** Which entry of a table a value from -1 to 1 has; what is not a number has that of 0. */
export const tableIndex = (value) => (value === value ? (Math.min(Math.max(value, -1), 1) * 127.5 + 128) | 0 : STEPS / 2);
