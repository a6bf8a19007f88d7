// Adds a diagnosis to an observation.
// params: observationId, diagnosis (its properties), code, title
// returns: id
// writes
MATCH (o:Observation {id: $observationId})
MERGE (c:Condition {code: $code})
ON CREATE SET c.title = $title
CREATE (o)-[:HAS_DIAGNOSIS]->(g:Diagnosis)-[:OF]->(c)
SET g += $diagnosis
RETURN g.id AS id
