// Records that a patient is allergic to a substance.
// params: patientId, key, name, allergy (properties of the edge)
// returns: id
// writes
MATCH (p:Patient {id: $patientId})
MERGE (s:Substance {key: $key})
ON CREATE SET s.name = $name
CREATE (p)-[a:ALLERGIC_TO]->(s)
SET a += $allergy
RETURN a.id AS id
