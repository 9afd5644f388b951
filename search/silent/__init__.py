"""What members look for and nobody told, counted without knowing who: docs/decisions/silent-needs.md."""
