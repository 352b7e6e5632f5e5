"""The checks of messages: what will be regretted once it is sent. `message` asks; the other modules read sentences."""
