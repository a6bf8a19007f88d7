// Gives a doctor the next version if they still have the one that was read; no row otherwise.
// params: doctorId, version
// returns: id
// writes
MATCH (d:Doctor {id: $doctorId})
SET d.version = d.version
WITH d
WHERE d.version = $version
SET d.version = $version + 1
RETURN d.id AS id
