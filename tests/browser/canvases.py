"""The canvases of the Playground: the network and its answer."""

from pathlib import Path

from playwright.sync_api import Page

# The place of the canvases, which stand in a shadow root; undefined where there are none.
FIND_PICTURES = """const pictures = [...document.querySelectorAll('#pictures, .st-key-pictures, .st-key-pictures *')]
  .map((element) => element.shadowRoot?.querySelector('.pictures')).find(Boolean);"""

# What is painted, with its sizes and colours: texts, strokes and markers, as measures.js has them of elements.
PAINTED = (
    f"() => {{ {FIND_PICTURES} return ({Path(__file__).with_suffix('.js').read_text(encoding='utf-8')})(pictures); }}"
)

# What is written on the drawing of the network, when it is painted once more.
WRITTEN = f"""async () => {{
  {FIND_PICTURES}
  const {{ fillText }} = CanvasRenderingContext2D.prototype, seen = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {{
    if (this.canvas.dataset.part === 'network') seen.push(text);
    fillText.call(this, text, ...rest);
  }};
  pictures.dispatchEvent(new Event('transitionend'));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  CanvasRenderingContext2D.prototype.fillText = fillText;
  return seen;
}}"""


def network_texts(page: Page) -> list[str]:
    """Everything written into the drawing of the network."""
    seen: list[str] = page.evaluate(WRITTEN)
    return seen
