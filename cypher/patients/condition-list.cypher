// A patient's long-standing conditions, in order of recording.
// params: patientId
// returns: id, code, title, since, recordedAt
MATCH (p:Patient {id: $patientId})-[k:HAS_CONDITION]->(c:Condition)
RETURN k.id AS id, c.code AS code, c.title AS title, k.since AS since, k.recordedAt AS recordedAt
ORDER BY recordedAt, id
