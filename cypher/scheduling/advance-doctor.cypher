// Gives a doctor the next version if they still have the one that was read; no row otherwise.
// params: doctorId, version
// returns: id
// writes
MATCH (d:Doctor {id: $doctorId, version: $version})
SET d.version = $version + 1
RETURN d.id AS id
