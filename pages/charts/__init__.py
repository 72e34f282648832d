"""What an experiment and its history look like: plain dicts in Plotly's form, and the numbers and words of pictures.

Each package is a kind of picture; `style` is what they share. It may import the engine, never Streamlit.
"""
