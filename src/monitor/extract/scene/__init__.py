"""Over what, where and when: scopes, places and days that a text tells, and what holds from sentence to sentence."""
