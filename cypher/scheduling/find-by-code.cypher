// The appointment whose check-in code this is on its day, and whose it is.
// params: codeKey (day|code)
// returns: id, patientId, status, active
MATCH (a:Appointment {codeKey: $codeKey})<-[:HAS_APPOINTMENT]-(p:Patient)
RETURN a.id AS id, p.id AS patientId, a.status AS status, p.active AS active
