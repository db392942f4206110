"""The writing aid: hints on the text of postings, from a small list that anyone may read and mend."""
