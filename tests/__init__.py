"""Tests, and the generator of the sample rounds they run on."""
