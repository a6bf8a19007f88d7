// Takes the lock that creating a node of this label takes, so that none appears while its absence is being checked.
// params: label
// returns: name
// writes
MATCH (c:Counter {name: $label})
SET c.value = c.value
RETURN c.name AS name
