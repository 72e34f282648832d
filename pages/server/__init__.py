"""What all visitors of a server share: the run store, the worker process, the page lock, cache keys, process settings.

It knows no visitor and does not use Streamlit. It may import `private_api` and the engine.
"""
