"""The figures' own pages, JSON API and exports. Not built yet: the room is kept so that its place in the order is."""
