"""About: what Glassbox is, and how a network learns, in five sentences."""

import streamlit as st

with st.container(width=760):
    st.title("About Glassbox")
    st.markdown(
        "A neural network you can see through: every number on the screen was computed by a few lines of NumPy."
    )
    st.header("The idea in five sentences")
    st.markdown(
        """
1. A **neuron** multiplies each of its inputs by a **weight**, adds the products up, and passes the sum through an
   **activation function**, such as the sigmoid, which squeezes any number into 0 to 1.
2. Neurons stand in **layers**, and the weights between two layers form a **matrix**: 3 inputs and 1 output make it
   3 x 1.
3. **Training** compares every output with its target; the difference is the error.
4. **Backpropagation** turns the errors into a small change of every weight, larger where the activation's slope is
   steep.
5. Repeated a few thousand times, on a table of four rows, that is enough for one neuron to find the rule behind it.
"""
    )
    st.header("Where to look")
    st.markdown(
        """
- Edit a cell of the table on the **Playground**: the network learns again at once.
- Press **Train** and watch: weights, outputs and loss move together, from the first epoch to the last.
- Choose another table: *XOR, one neuron* is a network that cannot learn, *XOR, hidden layer* the cure.
- **Step by step** shows one update, every number of it, and lets you check the sums.
- **Activations** shows where each neuron sits on its curve, **Learn** is a course of twelve short lessons.
- **Compare** holds runs that you pin against each other: what made the difference?
- **Surface** is the loss as a landscape: watch the training walk downhill, and start from any place.
- **Sweep** trains hundreds of networks: which settings learn, and which were only lucky?
- The address of the page holds everything: copy it, and somebody else sees the same network, number for number.
"""
    )
