// The grid draws a sign beside the title of each column that can be edited, from an image it makes of this path (Streamlit 1.67,
// `editable` in its DataFrame bundle). Here all columns of numbers can, so the signs say nothing and take the room of the titles.
// tests/browser/test_private_api.py fails first if the path changes: the signs are back then, and nothing else happens.
const EDIT_SIGN = encodeURIComponent("m800.641 679.743");
const NO_SIGN = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>";

function hideEditSigns() {
  const source = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src");
  if (source.set.hidesEditSigns) return;
  const set = function (url) {
    source.set.call(this, String(url).includes(EDIT_SIGN) ? NO_SIGN : url);
  };
  set.hidesEditSigns = true;
  Object.defineProperty(HTMLImageElement.prototype, "src", { ...source, set });
}
