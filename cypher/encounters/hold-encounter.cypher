// Until this transaction ends nobody else completes or amends the visit; answers where it stands.
// params: encounterId
// returns: id, patientId, status, version
// writes
MATCH (e:Encounter {id: $encounterId})
SET e.version = e.version
RETURN e.id AS id, e.patientId AS patientId, e.status AS status, e.version AS version
