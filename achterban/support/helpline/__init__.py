"""Terms of law for everybody; later calls, cases and letters."""
