"""Who people are, apart from what they tell."""
