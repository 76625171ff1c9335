"""The LSTM, its mixture, its weights, and running it."""
