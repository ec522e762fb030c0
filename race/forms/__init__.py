"""Outside data of a race: the race file, its entries, and the records that phones send."""
