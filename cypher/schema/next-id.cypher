// Takes the next numbers of a label's counter.
// params: name (the label), count (how many)
// returns: last (the highest number taken; the others lie just below it)
// writes
MERGE (c:Counter {name: $name})
ON CREATE SET c.value = $count
ON MATCH SET c.value = c.value + $count
RETURN c.value AS last
