"""The app: `views` has one script per page, made of `widgets`, which use `charts`, `state`, `server` and the engine.

The files beside this one (about.py, learn.py, ...) are stubs; no code goes there. Streamlit takes a folder called pages
for its older multipage API until st.navigation has been called once in the process: a cold server whose first request
is /step would run pages/step.py by itself. So every page with a path has a stub here that runs the entry script.
(Streamlit 1.67: runtime/pages_manager.py, commands/navigation.py; tests/architecture/test_places.py,
tests/browser/test_hosting.py.)
"""
