// Active doctors by id, of one department or all.
// params: departmentId (null for all)
// returns: id, name, nameAr, slotMinutes, active, version
MATCH (p:Department)-[:HAS_DOCTOR]->(d:Doctor)
WHERE d.active AND ($departmentId IS NULL OR p.id = $departmentId)
RETURN d.id AS id, d.name AS name, d.nameAr AS nameAr, d.slotMinutes AS slotMinutes, d.active AS active, d.version AS version
ORDER BY id
