// Streamlit 1.67 scrolls the page within its main area, not the window; and page.css a column beside charts within itself.
const SCROLLED = '[data-testid="stMain"], [class*="-beside-charts"] [data-testid="stColumn"]';
const scrollToTop = () => document.querySelectorAll(SCROLLED).forEach((element) => element.scrollTo(0, 0));
const scrollIntoSight = (selector) => document.querySelector(selector)?.scrollIntoView({
  block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
});
