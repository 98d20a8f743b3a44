//! Settings text: read with spans, edited losslessly (toml_edit).
