// Ends a visit; answers its appointment where it has one under way.
// params: encounterId, at
// returns: id, appointmentIds
// writes
MATCH (e:Encounter {id: $encounterId})
SET e.status = 'completed', e.completedAt = $at, e.version = e.version + 1
RETURN e.id AS id, [(e)<-[:HAS_ENCOUNTER]-(a:Appointment) WHERE a.status = 'in-progress' | a.id] AS appointmentIds
