// Whether a doctor has the care edge to a patient: the common way into a chart, asked first. No row: no edge, or no such patient.
// params: patientId, doctorId
// returns: doctorId
MATCH (p:Patient {id: $patientId})<-[:TREATS]-(d:Doctor {id: $doctorId})
RETURN d.id AS doctorId
