"""Read evidence that assurance reads by queries of its own, and its earlier runs."""
