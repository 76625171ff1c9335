"""What the screen is sent, as values and bytes; neither torch nor streamlit."""
