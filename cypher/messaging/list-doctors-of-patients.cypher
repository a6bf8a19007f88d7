// Which doctors are joined to these patients by an appointment that was not cancelled?
// params: patientIds
// returns: patientId, doctorId
UNWIND $patientIds AS wanted
MATCH (p:Patient {id: wanted})-[:HAS_APPOINTMENT]->(a:Appointment)<-[:HAS_APPOINTMENT]-(d:Doctor)
WHERE a.status <> 'cancelled'
RETURN DISTINCT p.id AS patientId, d.id AS doctorId
