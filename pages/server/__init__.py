"""What the server shares among all visitors: finished runs and sweeps, the processes that train, whose turn it is.

It knows nothing of a visitor and, but for the names of cached values, nothing of Streamlit. It may import the engine.
"""
