"""The debrief: everything the interviewers found about one candidate side by side, and what the panel decides from it."""
