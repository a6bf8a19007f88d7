// Moves an appointment on with its visit.
// params: appointmentId, status
// returns: id, day, doctorId, patientId
// writes
MATCH (a:Appointment {id: $appointmentId})
SET a.status = $status, a.version = a.version + 1
WITH a
MATCH (a)<-[:HAS_APPOINTMENT]-(d:Doctor)
MATCH (a)<-[:HAS_APPOINTMENT]-(p:Patient)
RETURN a.id AS id, a.day AS day, d.id AS doctorId, p.id AS patientId
