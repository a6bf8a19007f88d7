// Moves a doctor to another department.
// params: doctorId, departmentId
// returns: id
// writes
MATCH (:Department)-[old:HAS_DOCTOR]->(d:Doctor {id: $doctorId}), (p:Department {id: $departmentId})
DELETE old
CREATE (p)-[:HAS_DOCTOR]->(d)
RETURN d.id AS id
