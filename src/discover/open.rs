//! Opening one file safely: regular files only, without following links out of the root, without blocking.
