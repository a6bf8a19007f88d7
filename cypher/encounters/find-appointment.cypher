// Whose appointment it is, before a visit is begun from it.
// params: appointmentId
// returns: patientId
MATCH (a:Appointment {id: $appointmentId})<-[:HAS_APPOINTMENT]-(p:Patient)
RETURN p.id AS patientId
