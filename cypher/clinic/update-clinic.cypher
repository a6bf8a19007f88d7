// Changes the clinic if it still has the version that was read; no row otherwise.
// params: version, changes (properties to set; null removes)
// returns: id
// writes
MATCH (c:Clinic)
SET c.version = c.version
WITH c
WHERE c.version = $version
SET c += $changes, c.version = $version + 1
RETURN c.id AS id
