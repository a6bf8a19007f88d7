// Files what has been uploaded under its patient.
// params: patientId, file (its properties)
// returns: id
// writes
MATCH (p:Patient {id: $patientId})
CREATE (p)-[:HAS_FILE]->(f:MedicalFile)
SET f += $file
RETURN f.id AS id
