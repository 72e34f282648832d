// Brings the bytes of a run to the pictures, once, and again where they ask. So a training sends its numbers alone, and
// not the pictures' JavaScript with them: a component is one message.
const couriers = new WeakMap();

export default function ({ parentElement, data }) {
  let courier = couriers.get(parentElement);
  if (!courier) {
    const listening = new AbortController();
    courier = { bytes: null, stop: () => listening.abort(), bring: () => document.dispatchEvent(new CustomEvent("glassbox-run", { detail: courier.bytes })) };
    document.addEventListener("glassbox-ask-run", () => courier.bring(), { signal: listening.signal });
    couriers.set(parentElement, courier);
  }
  const isNew = courier.bytes?.length !== data.length || courier.bytes.some((byte, at) => byte !== data[at]);
  courier.bytes = data;
  if (isNew) courier.bring();
  return () => { courier.stop(); couriers.delete(parentElement); };
}
