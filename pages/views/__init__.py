"""The pages, one script each, handed to st.Page in streamlit_app.py. They may import `widgets`."""
