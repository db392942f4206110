"""Tables of postings."""
