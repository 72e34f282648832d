"""What a visitor sees and touches, a package for each part of the page.

    frame         what every page has: messages, sharing, projector mode, the run brought up to date
    player        the time cursor and the charts that it moves
    files         files opened and saved
    playground    table, settings, advice, summary
    step_by_step  one update with every number
    activations   neurons on their curves, and the gallery of functions
    learn         the course
    export        programs, the page that plays offline, the worksheet

All may import what lies below (charts, state, server, reading, private_api, the engine) and `frame`; all but `frame`
and `files` may import `player`; `playground` may import `files`.
"""
