// Adds a condition to a patient's problem list.
// params: patientId, code, title, condition (properties of the edge)
// returns: id
// writes
MATCH (p:Patient {id: $patientId})
MERGE (c:Condition {code: $code})
ON CREATE SET c.title = $title
CREATE (p)-[k:HAS_CONDITION]->(c)
SET k += $condition
RETURN k.id AS id
