"""Role profiles: what a job role asks for, kept once, from which postings begin."""
