"""One update with every number kept, and the checks that work its numbers out in another way.

`ledger` is what Step by step shows, `verify` recomputes it, `saturation` says which neurons still learn. It may import
`model` and `training`.
"""
