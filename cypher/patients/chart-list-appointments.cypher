// One page of a patient's appointments, newest first.
// params: patientId, skip, limit
// returns: id, status, startsAt, endsAt, doctorId, doctorName, doctorNameAr, departmentName, departmentNameAr, room, reason, code, arrivedAt, overlap, encounterIds, version
MATCH (p:Patient {id: $patientId})-[:HAS_APPOINTMENT]->(a:Appointment)
WITH a, a.startsAt AS startsAt, a.id AS id
ORDER BY startsAt DESC, id DESC
SKIP $skip LIMIT $limit
MATCH (a)<-[:HAS_APPOINTMENT]-(d:Doctor)<-[:HAS_DOCTOR]-(w:Department)
RETURN a.id AS id, a.status AS status, a.startsAt AS startsAt, a.endsAt AS endsAt, d.id AS doctorId, d.name AS doctorName,
  d.nameAr AS doctorNameAr, w.name AS departmentName, w.nameAr AS departmentNameAr, d.room AS room, a.reason AS reason,
  a.code AS code, a.arrivedAt AS arrivedAt, a.overlap AS overlap, [(a)-[:HAS_ENCOUNTER]->(e:Encounter) | e.id] AS encounterIds,
  a.version AS version
ORDER BY startsAt DESC, id DESC
