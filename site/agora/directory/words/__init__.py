"""A page for each word of the closed lists: themes, publics, functions, services, the nineteen CPAS."""
