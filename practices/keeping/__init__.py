"""What readers keep for later, follow and send back: reading lists, saved filters, feeds, « utile »."""
