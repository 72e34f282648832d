"""The address /learn, for a visitor who comes there first: see pages/__init__.py."""

from streamlit_app import main

main()
