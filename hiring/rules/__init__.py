"""The register of everything hiring does by itself: what for, from which inputs, and who answers for it."""
