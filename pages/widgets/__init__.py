"""What a visitor sees and uses, one package for each part of the page.

    frame         what every page has: messages, sharing, projector mode, tab storage, the update of the run
    player        the time cursor of a run, and the charts it moves
    files         opening and saving files
    settings      the network, how it is trained, start weights
    table         the grid, pastes, columns, rows held out
    compare       pinned runs on the same axes
    surface       the loss as a landscape, and a start from any place of it
    sweep         settings tried from many seeds, and the fan of one experiment
    playground    the page of table, settings and run; diagnosis, summary
    step_by_step  one update with every number
    activations   neurons on their curves, and the gallery of activations
    learn         the course
    export        programs, the offline page, the worksheet

Each may import the layers below (charts, state, server, reading, private_api, the engine) and `frame`; all but `frame`
`files`, `settings`, `table` and `sweep` may import `player`; `table` may import `files` and `settings`, `sweep` and
`surface` `settings`, `playground` all four, and `sweep` and `compare`.
"""
