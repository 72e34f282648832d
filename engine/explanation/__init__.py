"""One update with every number in it, and independent checks of these numbers.

`ledger` is what Step by step shows, `verify` checks it, and `saturation` says which neurons still learn. It may import
`model` and `training`.
"""
