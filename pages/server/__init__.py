"""What all visitors of a server share: stores of runs and sweeps, worker processes, page lock, cache keys, settings.

It knows no visitor and does not use Streamlit. It may import `private_api` and the engine.
"""
