"""A way in for a first visitor who comes by a deep link: the frame finds the page by its address."""

from streamlit_app import main

main()
