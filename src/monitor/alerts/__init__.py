"""Changes → messages → channels, and the deliverer that empties the outbox. The only room that sends."""
