// The visit that this command began before, if it is a retry.
// params: key
// returns: id, patientId, appointmentIds
MATCH (e:Encounter {key: $key})
RETURN e.id AS id, e.patientId AS patientId, [(e)<-[:HAS_ENCOUNTER]-(a:Appointment) | a.id] AS appointmentIds
