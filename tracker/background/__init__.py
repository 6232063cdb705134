"""Work that no reader waits for in a web thread: the queue, its consumer, its signs of life."""
