"""Pictures drawn in the browser on a canvas, computed there from NumPy's weights: the answer, and the network.

scene.py            what is sent of a run, as bytes
javascript.py       the files below as one module, with the activations and the palettes written from Python
alt_text.py         what the pictures show, in words

stage.js            the module's front: a run on the page, its time cursor, what is chosen and pointed at
scene.js            the bytes, read
forward.js          the forward pass over many points
raster.js           values of every neuron over a plane or a line, and where a border runs
colors.js, shapes.js, axes.js, numbers.js     colours of values, marks of rows, ticks, numbers as Python writes them
answer_plane.js, answer_curve.js, answer_rows.js, confusion.js     the answer: one picture each
network.js, network_layout.js, network_links.js, neuron_maps.js    the drawing of the network
editing.js          what can be changed on it: network_editor.js, its layers and neurons; weight_panel.js, one weight
drawing.js, draw_tools.js, drawn_rows.js      points drawn on the map: the hand, its tools, the rows as they then are
what_if.js          a run with one weight changed at one epoch
controls.js         what can be chosen of the answer's picture
save.js, svg.js     a picture as a file
pointer.js          mouse, touch and keyboard on a canvas, and the words beside the pointer
"""
