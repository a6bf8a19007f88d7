// Adds a patient.
// params: patient (its properties)
// returns: id
// writes
CREATE (p:Patient)
SET p += $patient
RETURN p.id AS id
