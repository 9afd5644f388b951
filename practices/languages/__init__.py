"""One practice told in French and in Dutch: which version lags behind, and how one is translated."""
