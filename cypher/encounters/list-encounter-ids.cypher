// One page of a patient's visits, newest first.
// params: patientId, statuses, skip, limit
// returns: id, startedAt
MATCH (e:Encounter {patientId: $patientId})
WHERE e.status IN $statuses
RETURN e.id AS id, e.startedAt AS startedAt
ORDER BY startedAt DESC, id DESC
SKIP $skip LIMIT $limit
