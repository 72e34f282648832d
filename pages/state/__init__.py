"""One visitor's state: what they typed, the run on their page, how they look at it, and the link that brought them.

This is the only home of `st.session_state`, and it draws nothing. `Visit` has a part for each purpose (`draft`, `run`,
`view`, `link`), and every part is changed through its methods. It may import `charts.style` and the engine.
"""
