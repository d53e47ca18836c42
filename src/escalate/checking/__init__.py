"""The check of files: what is found in them, and what of it a project lets stand.

`check` reads files and asks the loader and the analysis what is wrong with them; a `sieve`
leaves out what comments in the text and the project's settings have ignored.
"""
