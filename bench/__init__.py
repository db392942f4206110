"""What pages cost: measured on a demonstration with thousands of applications, on both databases."""
