"""A history, an update or an activation as a picture: a dict for Plotly or bytes for a canvas. No Streamlit here.

    style        colours, sizes, number formats, the parts that all figures share
    history      the charts of a run, and the same in words
    canvas       the answer and the network, drawn and computed in the browser
    activations  an activation's curve, and a layer's neurons on it
    update       the steps of one update: matrices, formulas, the account of one weight

They may import the engine and `style`, and not each other.
"""
