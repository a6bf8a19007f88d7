// Adds an observation to a visit.
// params: encounterId, observation (its properties)
// returns: id
// writes
MATCH (e:Encounter {id: $encounterId})
CREATE (e)-[:HAS_OBSERVATION]->(o:Observation)
SET o += $observation
RETURN o.id AS id
