// How clinicians are joined to a patient: a doctor by the care edge, nurses by an open visit or an appointment on one of these days.
// params: patientId, doctorId, days
// returns: treats, openVisit, appointmentDays, timeZone
MATCH (p:Patient {id: $patientId})
MATCH (c:Clinic)
RETURN EXISTS { MATCH (p)<-[:TREATS]-(:Doctor {id: $doctorId}) } AS treats,
  EXISTS { MATCH (e:Encounter {patientId: $patientId, status: 'open'}) } AS openVisit,
  [(p)-[:HAS_APPOINTMENT]->(a:Appointment) WHERE a.day IN $days AND a.status <> 'cancelled' | a.day] AS appointmentDays,
  c.timeZone AS timeZone
