"""Tests of the frame and the components, as text and in a browser."""
