// Whether a patient exists and may be booked.
// params: patientId
// returns: id, active
MATCH (p:Patient {id: $patientId})
RETURN p.id AS id, p.active AS active
