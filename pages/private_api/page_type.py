"""The type of a page: st.Page is a function, and the class it returns has no public name."""

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

    PageType: TypeAlias = StreamlitPage
else:
    PageType = object
