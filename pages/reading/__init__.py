"""Text to numbers and tables: how people spell numbers, cells as they are typed, a network that fits a table.

    sheets    tables that come as text, from a file or a paste

It may import the engine, and knows no Streamlit.
"""
