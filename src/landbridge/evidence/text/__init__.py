"""Reading plain text: sentences, numbers, dates, units, all with exact offsets."""
