"""The pages, one script each, which streamlit_app.py passes to st.Page. They may import `widgets`."""
