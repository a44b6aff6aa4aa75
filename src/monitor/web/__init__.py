"""The figures' own pages, their JSON API, feeds and exports. They read, and never write."""
