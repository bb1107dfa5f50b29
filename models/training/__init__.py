"""What the recogniser of names is trained on, and how."""
