// An observation of one visit.
// params: encounterId, observationId
// returns: id
MATCH (e:Encounter {id: $encounterId})-[:HAS_OBSERVATION]->(o:Observation {id: $observationId})
RETURN o.id AS id
