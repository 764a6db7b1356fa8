"""Grammar: a text and a day flow in; the numbers, sums, shares, counts, days, ages and phones it states flow out."""
