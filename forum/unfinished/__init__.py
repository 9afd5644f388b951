"""What one types in the other forms of a room (board, perspectives, synthesis), kept until it is sent."""
