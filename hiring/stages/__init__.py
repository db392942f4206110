"""The plan of stages of a posting: which there are, what each asks for, and which next steps follow from it."""
