// Changes a patient if they still have the version that was read; no row otherwise.
// params: patientId, version, changes (properties to set; null removes)
// returns: id
// writes
MATCH (p:Patient {id: $patientId, version: $version})
SET p += $changes, p.version = $version + 1
RETURN p.id AS id
