// Doctors by name with their department; those of one department, or one doctor, when an id is given.
// params: doctorId (null for all), departmentId (null for all), includeInactive
// returns: id, name, nameAr, departmentId, departmentName, departmentNameAr, specialty, room, slotMinutes, active, version
MATCH (p:Department)-[:HAS_DOCTOR]->(d:Doctor)
WHERE ($doctorId IS NULL OR d.id = $doctorId)
  AND ($departmentId IS NULL OR p.id = $departmentId)
  AND ($includeInactive OR d.active)
RETURN d.id AS id, d.name AS name, d.nameAr AS nameAr, p.id AS departmentId, p.name AS departmentName,
       p.nameAr AS departmentNameAr, d.specialty AS specialty, d.room AS room, d.slotMinutes AS slotMinutes,
       d.active AS active, d.version AS version
ORDER BY name, id
