"""Use cases over what is finished: take it into the records, look back, review, rescore, hand on."""
