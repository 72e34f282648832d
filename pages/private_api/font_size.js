// Streamlit 1.67 works out in pixels how large grids and help icons are, from the root's font size, while it draws them (convertRemToPx).
// On the way out of projector mode its style sheet is still there at that moment, so the font has its usual size before anything is drawn.
// tests/browser/test_projector.py fails first if that changes.
const useUsualFontSize = () => { document.documentElement.style.fontSize = "100%"; };
const useFontSizeOfStyle = () => { document.documentElement.style.fontSize = ""; };
