// All that decides a booking but the cells: the doctor and the hours they work, the patient, the clinic's zone, and whether the same
// command has booked before. No row where doctor or patient is missing.
// params: doctorId, patientId, key, from, to (days of the extra hours, both included)
// returns: timeZone, slotMinutes, doctorActive, doctorName, doctorNameAr, room, departmentName, departmentNameAr, patientActive,
//   givenName, familyName, birthDate, sex, weekly [{weekday, startsAt, endsAt}], extra [{day, startsAt, endsAt}], repeated
MATCH (d:Doctor {id: $doctorId})<-[:HAS_DOCTOR]-(s:Department)<-[:HAS_DEPARTMENT]-(c:Clinic)
MATCH (p:Patient {id: $patientId})
RETURN c.timeZone AS timeZone, d.slotMinutes AS slotMinutes, d.active AS doctorActive, d.name AS doctorName,
       d.nameAr AS doctorNameAr, d.room AS room, s.name AS departmentName, s.nameAr AS departmentNameAr,
       p.active AS patientActive, p.givenName AS givenName, p.familyName AS familyName, p.birthDate AS birthDate, p.sex AS sex,
       [(d)-[:WORKS]->(h:WorkingHours) | {weekday: h.weekday, startsAt: h.startsAt, endsAt: h.endsAt}] AS weekly,
       [(d)-[:OPENED]->(x:ExtraHours) WHERE x.day >= $from AND x.day <= $to | {day: x.day, startsAt: x.startsAt, endsAt: x.endsAt}]
         AS extra,
       EXISTS { MATCH (a:Appointment {key: $key}) } AS repeated
