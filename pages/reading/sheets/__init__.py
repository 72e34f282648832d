"""A sheet is a table that comes as text, from a file or a paste: its letters, layout, columns and their roles.

In the order of reading: `decoding` bytes to text, `layout` guessed, `text_table` cells as texts (pandas), `columns` of
numbers and words, `column_values` and `column_roles` as choices, `table` for the page. A paste that fits the page's
table goes through `pasted_block` alone. It may import `reading`.
"""
