"""A stub for visitors who open /compare first: see pages/__init__.py."""

from streamlit_app import main

main()
