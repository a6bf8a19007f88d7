// What is known of a patient's allergies: not-asked, none-known or recorded.
// params: patientId, status
// returns: id
// writes
MATCH (p:Patient {id: $patientId})
SET p.allergyStatus = $status
RETURN p.id AS id
