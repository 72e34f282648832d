"""What depends on private parts of Streamlit 1.67, Plotly 7.1 and uvicorn: when one of them is upgraded, look here.

Where there is a public way it is used (classes such as `st-key-bar`, https://github.com/streamlit/streamlit/pull/9295);
what is left is here, each with the thread it came from and the test that fails first. It may import nothing of ours.

    page.css, projector.css, link.css   test ids and the order of Streamlit's elements, which are promised to nobody
                                        (https://github.com/streamlit/streamlit/issues/8935);
                                        tests/browser/test_private_api.py looks for every one of them
    plotly.js                           the Plotly that Streamlit leaves at `window.Plotly`, and a chart's frames at
                                        `_transitionData`; tests/browser/test_player.py
    prebuilt_figure.py                  the two calls by which Streamlit takes a figure; tests/charts/style/test_base.py
    page_type.py                        what st.Page gives has no public name; the type checker
    reconnect.py                        a fragment that repeats brings the page back after its connection was lost
                                        (https://github.com/streamlit/streamlit/pull/11890, changed again by 15909);
                                        tests/browser/test_hosting.py
    sockets.py                          uvicorn leaves Nagle's algorithm on (https://github.com/encode/uvicorn/pull/3149);
                                        tests/pages/server/test_sockets.py
    page_font.py                        the font that Streamlit brings with it; tests/browser/test_private_api.py
"""
