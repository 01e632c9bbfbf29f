"""Identity of people, sealed, apart from what they tell."""
