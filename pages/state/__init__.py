"""One visitor's state: what they typed, the run on their page, how they look at it, and the link they came by.

`st.session_state` is used here and nowhere else; nothing here draws. `Visit` has a part for each purpose (`draft`,
`run`, `view`, `link`), each changed through its methods. It may import `reading`, `charts.style` and the engine.
"""
