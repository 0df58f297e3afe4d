"""Show on paper what will happen: a rehearsal, the preview of a change, conflicts, and the load of mail."""
