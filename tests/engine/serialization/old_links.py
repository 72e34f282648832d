"""Frozen links, each with what it says about its experiment. Add to them, never change one."""

from typing import Any

XOR = {"inputs": ((0, 0), (0, 1), (1, 0), (1, 1)), "targets": ((0,), (1,), (1,), (0,))}

LINKS: list[tuple[str, dict[str, Any]]] = [
    ("", {}),
    ("seed=1", {}),
    ("seed=4294967295&n=1000000", {"seed": 4_294_967_295, "epochs": 1_000_000}),
    ("v=1&seed=7&n=250", {"seed": 7, "epochs": 250}),
    ("x=0,0,1_1,1,1&y=0_1&seed=1", {"inputs": ((0, 0, 1), (1, 1, 1)), "targets": ((0,), (1,))}),
    ("x=0%2C0%2C1_1%2C1%2C1&y=0_1&seed=1", {"inputs": ((0, 0, 1), (1, 1, 1)), "targets": ((0,), (1,))}),
    (
        "x=0.1_-2_1e-07_123456789&y=0.5_1_0_0.25&a=linear",
        {
            "inputs": ((0.1,), (-2,), (1e-7,), (123456789,)),
            "targets": ((0.5,), (1,), (0,), (0.25,)),
            "activations": ("linear",),
        },
    ),
    (
        "x=0,0_0,1_1,0_1,1&y=0_1_1_0&xn=gr%C3%B6%C3%9Fe%20(cm),b&yn=answer&test=3&h=4&a=tanh,sigmoid&bias=1&seed=2",
        XOR
        | {
            "input_names": ("größe (cm)", "b"),
            "target_names": ("answer",),
            "test_rows": (3,),
            "hidden": (4,),
            "activations": ("tanh", "sigmoid"),
            "bias": True,
            "seed": 2,
        },
    ),
    (
        "x=0,0_0,1_1,0_1,1&y=1,0_0,1_0,1_1,0&h=3,2&a=relu,elu,softmax&loss=categorical_cross_entropy&opt=adam&lr=0.02"
        "&l1=1e-05&l2=0.001&n=5000&batch=2&bias=1&init=glorot_uniform&seed=42",
        XOR
        | {
            "targets": ((1, 0), (0, 1), (0, 1), (1, 0)),
            "hidden": (3, 2),
            "activations": ("relu", "elu", "softmax"),
            "loss": "categorical_cross_entropy",
            "optimizer": "adam",
            "learning_rate": 0.02,
            "l1": 1e-5,
            "l2": 0.001,
            "epochs": 5_000,
            "batch_size": 2,
            "bias": True,
            "initializer": "glorot_uniform",
            "seed": 42,
        },
    ),
    (
        "n=900&before=500:0,0,1_1,1,1:0_1;700:1,0,1:0.5&seed=1",
        {
            "epochs": 900,
            "earlier_tables": ((500, ((0, 0, 1), (1, 1, 1)), ((0,), (1,))), (700, ((1, 0, 1),), ((0.5,),))),
        },
    ),
    (
        "x=0,0_0,1_1,0_1,1&y=0_1_1_0&h=2&a=sine,sigmoid&bias=1&w=0.5,-1_0.25,2;1_-1&b=0.1,0.2;-0.5&seed=0",
        XOR
        | {
            "hidden": (2,),
            "activations": ("sine", "sigmoid"),
            "bias": True,
            "initial_weights": (((0.5, -1), (0.25, 2)), ((1,), (-1,))),
            "initial_biases": ((0.1, 0.2), (-0.5,)),
            "seed": 0,
        },
    ),
    (
        # the float64s 0.5, 1, -2 and 3 in two columns, compressed
        "x=~2~eNpjYACBB_ZgiuEDlGY4AKE4HAA5JgNX&y=0.25_-1.5&a=linear&seed=3",
        {"inputs": ((0.5, 1), (-2, 3)), "targets": ((0.25,), (-1.5,)), "activations": ("linear",), "seed": 3},
    ),
    (
        # a question, a row without targets, is an empty cell
        "x=-40_0_38_20&y=-40_32_100_&a=linear&lr=0.1&scale=standard&yscale=min_max&seed=1",
        {
            "inputs": ((-40,), (0,), (38,), (20,)),
            "targets": ((-40,), (32,), (100,), (None,)),
            "activations": ("linear",),
            "learning_rate": 0.1,
            "scaling": "standard",
            "target_scaling": "min_max",
        },
    ),
    (
        "x=0,0_0,1_1,0_1,1&y=1,0_,_0,1_1,0&seed=1",
        XOR | {"targets": ((1, 0), (None, None), (0, 1), (1, 0))},
    ),
    (
        "x=0,0_0,1_1,0_1,1&y=0_1_1_0&xn=a,b%20(cm)&xd=a%5E2,a*%5Bb%20(cm)%5D,sin(a)&bias=1&seed=1",
        XOR | {"input_names": ("a", "b (cm)"), "derived": ("a^2", "a*[b (cm)]", "sin(a)"), "bias": True},
    ),
    (
        "test=3&n=500&lr=0.5&rates=100:0.1,300:1e-05&stop=0.01&right=1&wait=12&seed=1",
        {
            "test_rows": (3,),
            "epochs": 500,
            "learning_rate": 0.5,
            "rate_changes": ((100, 0.1), (300, 1e-5)),
            "stop_loss": 0.01,
            "stop_when_right": True,
            "patience": 12,
        },
    ),
    (
        "n=500&opt=momentum&rates=100:0.1&opts=100:adam,300:sgd&seed=1",
        {
            "epochs": 500,
            "optimizer": "momentum",
            "rate_changes": ((100, 0.1),),
            "optimizer_changes": ((100, "adam"), (300, "sgd")),
        },
    ),
    (
        "x=0,0_0,1_1,0_1,1&y=0_1_1_0&h=2&a=sine,sigmoid&bias=1&frozen=W1.0.1,b1,W2,b2.0&seed=1",
        XOR
        | {
            "hidden": (2,),
            "activations": ("sine", "sigmoid"),
            "bias": True,
            "frozen": ("W1[0,1]", "b1", "W2", "b2"),
        },
    ),
]
"""Made by version 1. What is left out of a link is as in the tutorial, which never changes either."""
