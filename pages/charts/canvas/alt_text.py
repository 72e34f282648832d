"""What the canvases show, in a few sentences, for somebody who cannot see them; they do not follow the cursor."""

from engine import ACTIVATIONS, History
from engine.model.targets import CLOSE_SHARE, correct_rows, target_kind
from engine.model.weight_index import frozen_names, layer_name
from pages.charts.style.format import count_words, list_first


def picture_alt_texts(history: History) -> dict[str, str]:
    """The network's drawing, and the answer's picture."""
    return {"network": network_structure(history), "answer": answer_alt_text(history)}


def network_structure(history: History) -> str:
    """How many neurons there are in which layer, and what they do."""
    e = history.experiment
    layers = [count_words(len(e.feature_names), "input")]
    for layer, name in enumerate(e.activations):
        neurons = count_words(e.shapes[layer][1], f"{layer_name(layer, len(e.activations))} neuron")
        layers.append(f"{neurons} ({ACTIVATIONS[name].label})")
    frozen = f" Frozen: {list_first(frozen_names(e))}." if e.frozen else ""
    return f"The network: {', '.join(layers)}.{frozen}"


def answer_alt_text(history: History) -> str:
    """Over which inputs the answer is drawn, and how many rows it gets right at the first epoch and at the last."""
    e = history.experiment
    varying = [e.input_names[i] for i in e.varying_inputs]
    over = f"over {' and '.join(varying)}" if 0 < len(varying) <= 2 else "for every row"
    first, last = (int(correct_rows(e, history.outputs[frame]).sum()) for frame in (0, -1))
    within = f" to within {CLOSE_SHARE:.0%} of the range" if target_kind(e) == "regression" else ""
    rows = len(e.labelled_rows)
    return (
        f"What the network answers, {list_first(e.target_names)}, {over}. Of {count_words(rows, 'row')}, {first:,} "
        f"{'is' if first == 1 else 'are'} right{within} at the start and {last:,} at epoch {int(history.epochs[-1]):,}."
    )
