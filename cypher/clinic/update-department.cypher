// Changes a department if it still has the version that was read; no row otherwise.
// params: departmentId, version, changes (properties to set; null removes)
// returns: id
// writes
MATCH (d:Department {id: $departmentId})
SET d.version = d.version
WITH d
WHERE d.version = $version
SET d += $changes, d.version = $version + 1
RETURN d.id AS id
