"""Everything that depends on private parts of Streamlit 1.67, Plotly 7.1 and uvicorn: look here when upgrading one.

Where a public way exists it is used (classes such as `st-key-bar`, https://github.com/streamlit/streamlit/pull/9295).
The rest is here, each item with its upstream thread and the test that fails first. It may import nothing of ours.

    page.css, projector.css, link.css   test ids and the order of Streamlit's elements, which are no public API
                                        (https://github.com/streamlit/streamlit/issues/8935);
                                        tests/browser/test_private_api.py looks for each of them
    plotly.js                           `window.Plotly`, set by Streamlit's chart bundle; tests/browser/test_player.py
    dimmed.css                          the order of Streamlit's elements again
    grid_keys.js                        shortcuts listen at the document, the grid at React's root;
                                        tests/browser/test_keyboard.py
    grid_mouse.js                       the grid selects a cell by key only while the mouse is over it;
                                        tests/browser/test_grid.py
    grid_outputs.js                     how high the grid's rows are, and where it writes in them, for outputs are
                                        drawn over them while the player is at another epoch;
                                        tests/browser/test_grid_outputs.py
    grid_paste.js                       the grid listens for pastes at the window; tests/browser/test_paste.py
    grid_rest.js                        when the grid reports, how it is clicked on and typed into;
                                        tests/browser/test_drawing.py
    font_size.js                        sizes in pixels, worked out from the root's font size while the page is drawn;
                                        tests/browser/test_projector.py
    grid_signs.js                       the image of the grid's sign; tests/browser/test_private_api.py
    history.js                          the front end pushes an entry for every change of the query;
                                        tests/browser/test_back.py
    links.js                            a report names the page that it comes from, which is then drawn again;
                                        tests/browser/test_links.py
    scroll.js                           the test id of the main area, which is what scrolls;
                                        tests/browser/test_lessons.py
    prebuilt_figure.py                  the two calls that Streamlit makes on a figure; tests/charts/style/test_base.py
    displayed_table.py                  what Streamlit reads of a pandas Styler;
                                        tests/pages/table/test_displayed_table.py
    callbacks.py                        a message stops the callbacks of the one before; tests/browser/test_callbacks.py
    page_type.py                        the class of what st.Page returns has no public name; mypy
    reconnect.py                        a fragment with run_every makes the page rerun after it reconnects
                                        (https://github.com/streamlit/streamlit/pull/11890, changed again by 15909);
                                        tests/browser/test_hosting.py
    sockets.py                          uvicorn leaves Nagle's algorithm on (https://github.com/encode/uvicorn/pull/3149);
                                        tests/pages/server/test_sockets.py
    page_font.py                        the font file inside Streamlit's package; tests/browser/test_private_api.py
"""
