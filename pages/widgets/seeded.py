"""A widget forgets its value when its page is left; the bench does not, and gives it back."""

import streamlit as st


def seeded(key: str, value: object) -> str:
    """The key, its widget set to `value`: widgets forget when their page is left, the bench does not."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key
