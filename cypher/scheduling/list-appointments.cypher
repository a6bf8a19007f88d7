// Appointments with these ids, each with its doctor, department, patient and visit, by time.
// params: ids
// returns: id, status, startsAt, endsAt, day, doctorId, doctorName, doctorNameAr, room, departmentName, departmentNameAr, patientId,
//   givenName, familyName, birthDate, sex, reason, code, arrivedAt, overlap, encounterId, version
UNWIND $ids AS id
// Begins at the appointment: a pattern that begins at Patient makes the embedded engine walk all patients for each id.
MATCH (a:Appointment {id: id})<-[:HAS_APPOINTMENT]-(d:Doctor)<-[:HAS_DOCTOR]-(s:Department)
MATCH (a)<-[:HAS_APPOINTMENT]-(p:Patient)
RETURN a.id AS id, a.status AS status, a.startsAt AS startsAt, a.endsAt AS endsAt, a.day AS day, d.id AS doctorId,
       d.name AS doctorName, d.nameAr AS doctorNameAr, d.room AS room, s.name AS departmentName, s.nameAr AS departmentNameAr,
       p.id AS patientId, p.givenName AS givenName, p.familyName AS familyName, p.birthDate AS birthDate, p.sex AS sex,
       a.reason AS reason, a.code AS code, a.arrivedAt AS arrivedAt, a.overlap AS overlap,
       head([(a)-[:HAS_ENCOUNTER]->(e:Encounter) | e.id]) AS encounterId, a.version AS version
ORDER BY startsAt, id
