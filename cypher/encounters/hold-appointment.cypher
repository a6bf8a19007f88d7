// Until this transaction ends nobody else changes the appointment; answers what a visit needs to know of it.
// params: appointmentId
// returns: status, day, reason, patientId, doctorId, doctorName, encounterIds, timeZone
// writes
MATCH (a:Appointment {id: $appointmentId})
SET a.version = a.version
WITH a
MATCH (a)<-[:HAS_APPOINTMENT]-(d:Doctor)
MATCH (a)<-[:HAS_APPOINTMENT]-(p:Patient)
MATCH (c:Clinic)
RETURN a.status AS status, a.day AS day, a.reason AS reason, p.id AS patientId, d.id AS doctorId, d.name AS doctorName,
  [(a)-[:HAS_ENCOUNTER]->(e:Encounter) | e.id] AS encounterIds, c.timeZone AS timeZone
