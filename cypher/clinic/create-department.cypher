// Adds a department to the clinic.
// params: department (its properties)
// returns: id
// writes
MATCH (c:Clinic)
CREATE (c)-[:HAS_DEPARTMENT]->(d:Department)
SET d += $department
RETURN d.id AS id
