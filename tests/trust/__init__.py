"""The long promises of trust.md, kept from outside; they run under ./test --trust."""
