// Adds a doctor to a department.
// params: departmentId, doctor (its properties)
// returns: id
// writes
MATCH (p:Department {id: $departmentId})
CREATE (p)-[:HAS_DOCTOR]->(d:Doctor)
SET d += $doctor
RETURN d.id AS id
