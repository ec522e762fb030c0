"""IMS QTI, the exchange format of learning systems: version 1.2 (`old`), 2.1 and its kin (`new`), and their zips."""
