// Visits by id: when, with whom, where they stand. In no order.
// params: ids
// returns: id, patientId, doctorId, doctorName, appointmentIds, status, startedAt, completedAt, reason, version
UNWIND $ids AS wanted
MATCH (e:Encounter {id: wanted})
RETURN e.id AS id, e.patientId AS patientId, e.doctorId AS doctorId, e.doctorName AS doctorName,
  [(e)<-[:HAS_ENCOUNTER]-(a:Appointment) | a.id] AS appointmentIds, e.status AS status, e.startedAt AS startedAt,
  e.completedAt AS completedAt, e.reason AS reason, e.version AS version
