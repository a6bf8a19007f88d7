// Until this transaction ends nobody else changes the patient's allergies or conditions.
// params: patientId
// returns: id, birthDate, timeZone
// writes
MATCH (p:Patient {id: $patientId})
SET p.allergyStatus = p.allergyStatus
WITH p
MATCH (c:Clinic)
RETURN p.id AS id, p.birthDate AS birthDate, c.timeZone AS timeZone
