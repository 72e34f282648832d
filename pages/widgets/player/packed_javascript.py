"""JavaScript as it is sent: packed, which makes it a third, and apart from what differs from run to run.

A component is one message to the browser, which keeps what it has been sent (.streamlit/config.toml). So the player,
with long code and data that change, is two: one with the code alone, the same for every run, and one with the data. The
pictures' style is as long as their code, so they are one without data, which couriers bring (pictures.py).
"""

import base64
import zlib

OPEN = """fetch("data:application/octet-stream;base64,PACKED")
  .then(({ body }) => new Response(body.pipeThrough(new DecompressionStream("deflate"))).text())
  .then((text) => import(URL.createObjectURL(new Blob([text], { type: "text/javascript" }))))"""

MODULES = """const modules = (globalThis.glassboxModules ??= new Map());
function moduleNamed(name) { // a promise of it, whichever comes first, the code or what needs it
  if (!modules.has(name)) {
    let bring;
    modules.set(name, Object.assign(new Promise((done) => { bring = done; }), { bring }));
  }
  return modules.get(name);
}
"""

CALL = """export default function (component) {
  let isGone = false, stop = null;
  OPENED.then((module) => { if (!isGone && component.parentElement.isConnected) stop = module.default(component); });
  return () => { isGone = true; stop?.(); };
}
"""


def module_promise(module: str) -> str:
    """An expression of JavaScript: a promise of this module, which stands packed in it."""
    return OPEN.replace("PACKED", base64.b64encode(zlib.compress(module.encode(), 9)).decode())


def packed_component(module: str) -> str:
    """A component that unpacks this module in the browser, and calls what it exports as Streamlit would."""
    return f"const opened = {module_promise(module)};\n{CALL.replace('OPENED', 'opened')}"


def code_and_component(module: str) -> tuple[str, str]:
    """The same in two components: one without anything to see that brings the module, and one that waits for it."""
    name = f'moduleNamed("{zlib.crc32(module.encode()):x}")'  # a tab may outlive a server, and meet other code
    code = f"{MODULES}{name}.bring({module_promise(module)});\nexport default () => {{}};\n"
    return code, MODULES + CALL.replace("OPENED", name)
