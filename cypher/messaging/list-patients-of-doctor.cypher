// Which patients are joined to this doctor by an appointment that was not cancelled?
// params: doctorId
// returns: patientId
MATCH (d:Doctor {id: $doctorId})-[:HAS_APPOINTMENT]->(a:Appointment)<-[:HAS_APPOINTMENT]-(p:Patient)
WHERE a.status <> 'cancelled'
RETURN DISTINCT p.id AS patientId
