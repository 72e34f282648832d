"""Plus and minus on the drawing of the network, and the panel of a weight: how they are reached."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.canvases import FIND_PICTURES

LINK = "?preset=xor&n=300"

# Of every button and list on the drawing: its name, its width and its height.
TARGETS = f"""() => {{
  {FIND_PICTURES}
  return [...pictures.querySelectorAll('.editor :is(button, select), .weight :is(button, select, input)')]
    .filter((target) => target.checkVisibility())
    .map((target) => [target.ariaLabel ?? target.dataset.part, target.offsetWidth, target.offsetHeight]);
}}"""

# Whether the columns of plus and minus lie within the drawing, none over another.
APART = f"""() => {{
  {FIND_PICTURES}
  const boxes = [...pictures.querySelectorAll('.editor .column')].map((column) => column.getBoundingClientRect());
  const room = pictures.querySelector('.editor').getBoundingClientRect();
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const within = (box) => box.left >= room.left - 1 && box.right <= room.right + 1;
  return boxes.every((a, i) => within(a) && boxes.every((b, j) => i === j || !meet(a, b)));
}}"""


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def more(page: Page, layer: int) -> Locator:
    return button(page, f"One more neuron in hidden layer {layer}")


def fewer(page: Page, layer: int) -> Locator:
    return button(page, f"One neuron fewer in hidden layer {layer}")


def hidden(page: Page) -> Locator:
    """The list of hidden layers in the form of the settings."""
    return page.get_by_role("combobox", name="Hidden layers")


def open_weight(page: Page) -> Locator:
    """Open the weight from the first input to the first neuron by the keyboard."""
    page.locator('[data-part="network"]').focus()
    for key in ("ArrowRight", "PageDown", "Enter"):
        page.keyboard.press(key)
    panel = page.locator('[data-part="weight panel"]')
    expect(panel).to_be_visible()
    return panel
