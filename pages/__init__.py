"""What is shown: `views` has a script a page, built from `widgets`, and those from `charts` and the engine.

The files beside this one (about.py, learn.py, ...) are stubs, and no code goes there. Streamlit runs a folder of this
name as its older multipage API until st.navigation has been called once in the process: a cold server whose first
request is /step would run pages/step.py without the frame. So each page that has an address has a stub here, which
calls the frame. (Streamlit 1.67: runtime/pages_manager.py and commands/navigation.py; tests/architecture/test_places.py
and tests/browser/test_hosting.py.)
"""
