// Changes a patient if they still have the version that was read; no row otherwise. The patient is held before the version is compared.
// params: patientId, version, changes (properties to set; null removes), changeNumber (of `PatientChange`)
// returns: id
// writes
MATCH (p:Patient {id: $patientId})
SET p.version = p.version
WITH p
WHERE p.version = $version
SET p += $changes, p.version = $version + 1, p.changeNumber = $changeNumber
RETURN p.id AS id
