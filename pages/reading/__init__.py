"""Text to numbers and tables: cells as they are typed, files as they are found, the roles of their columns.

It may import the engine, and knows no Streamlit.
"""
