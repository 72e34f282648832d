// Streamlit 1.67 scrolls the page within its main area, not the window.
const scrollToTop = () => document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
const scrollIntoSight = (selector) => document.querySelector(selector)?.scrollIntoView({
  block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
});
