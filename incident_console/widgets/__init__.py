"""Things to look at and type into; they take plain state and know neither desk nor database."""
