// Numbers as pages/charts/style/format.py writes them; a browser test holds the two together.

/** A number with three significant digits, or more, plain where that is readable: 0.00967, -4.63, 12,345, 1.2e9. */
export function formatNumber(value, digits = 3) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value < 0 ? "-∞" : "∞";
  if (value === 0) return "0";
  const rounded = roundHalfEven(value, digits), size = Math.abs(rounded), power = exponentOf(rounded);
  if (power >= -4 && power < digits && Math.abs(value) < 999) return trimZeros(rounded.toPrecision(digits));
  if (size < 0.00001 || size >= 1e6) return roundHalfEven(value, digits - 1).toExponential(digits - 2).replace("e+", "e");
  const places = Math.max(digits - 1 - power, 0);
  const exact = places ? rounded : roundHalfEven(value, exponentOf(value) + 1); // "12,345" keeps its whole digits
  const text = exact.toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
  return text.includes(".") ? trimZeros(text) : text;
}

const exponentOf = (value) => Number(value.toExponential().split("e")[1]);
const trimZeros = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** Rounded to so many digits as Python does: exactly halfway goes to the even digit, where JavaScript goes up. */
function roundHalfEven(value, digits) {
  const text = Math.abs(value).toExponential(digits - 1), [mantissa, exponent] = text.split("e");
  const kept = BigInt(mantissa.replace(".", "")), [exact] = Math.abs(value).toExponential(60).split("e");
  const rest = exact.replace(".", "").slice(digits);
  if (!/^50*$/.test(rest) || kept % 2n === 0n) return Number(value < 0 ? `-${text}` : text);
  const even = `${kept - 1n}e${Number(exponent) - digits + 1}`;
  return Number(value < 0 ? `-${even}` : even);
}

/** An epoch with its thousands parted. */
export const formatEpoch = (epoch) => epoch.toLocaleString("en-US");

/** A name that fits into a picture. */
export const shorten = (name, length = 9) => (name.length <= length ? name : `${name.slice(0, length - 1)}…`);

/** A number short enough for the inside of a drawing. */
export function shortNumber(value, digits = 3) {
  const text = formatNumber(value, digits);
  return text.length <= 7 ? text : value.toExponential(1).replace("e+", "e");
}
