"""The words an organisation sorts by: themes, parties, illnesses, and what people say.

Terms of everybody come with the program; an organisation adds its own, or changes one.
"""
