"""Cards of the board that should not stand as they are: who asks, who decides there, and how one appeals."""
