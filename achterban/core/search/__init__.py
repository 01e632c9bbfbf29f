"""Find things by their words, over keyed hashes of those words."""
