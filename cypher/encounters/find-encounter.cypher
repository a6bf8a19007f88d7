// Where a visit stands.
// params: encounterId
// returns: id, patientId, status, version
MATCH (e:Encounter {id: $encounterId})
RETURN e.id AS id, e.patientId AS patientId, e.status AS status, e.version AS version
