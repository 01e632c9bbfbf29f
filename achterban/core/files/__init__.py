"""Files that people send: checked, made anew, sealed."""
