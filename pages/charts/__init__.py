"""A history, an update or an activation as a picture: a dict for Plotly or bytes for a canvas. No Streamlit here.

    style        colours, sizes, number formats, the parts that all figures share
    history      the charts of a run, and the same in words
    canvas       the answer and the network, drawn and computed in the browser
    activations  an activation's curve, and a layer's neurons on it
    comparison   many runs in one picture: the map of a sweep, a fan of seeds, compared runs
    surface      the loss over weights, with the path of a training on it
    update       the steps of one update: matrices, formulas, the account of one weight

They may import the engine and `style`, `comparison` also `history`, and not each other.
"""
