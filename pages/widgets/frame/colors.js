// Reports a change between light and dark: charts are drawn for one of them, on the server.
export default function ({ data, setStateValue }) {
  let seen = data.scheme;
  const watching = setInterval(() => {
    const [r, g, b] = getComputedStyle(document.querySelector(".stApp")).backgroundColor.match(/\d+/g).map(Number);
    const scheme = r + g + b < 384 ? "dark" : "light";
    if (scheme !== seen) setStateValue("scheme", (seen = scheme));
  }, 500);
  return () => clearInterval(watching);
}
