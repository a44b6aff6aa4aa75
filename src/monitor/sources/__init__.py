"""Feeds, pages and folders → articles. The only room that fetches."""
