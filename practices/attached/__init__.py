"""Files that sheets carry: who may read them, and how they come with the step of a form."""
