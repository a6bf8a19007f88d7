// Departments by name with the number of their active doctors; one of them when an id is given.
// params: departmentId (null for all), includeInactive
// returns: id, name, nameAr, active, version, doctorCount
MATCH (d:Department)
WHERE ($departmentId IS NULL OR d.id = $departmentId) AND ($includeInactive OR d.active)
OPTIONAL MATCH (d)-[:HAS_DOCTOR]->(x:Doctor {active: true})
WITH d, count(x) AS doctorCount
RETURN d.id AS id, d.name AS name, d.nameAr AS nameAr, d.active AS active, d.version AS version, doctorCount AS doctorCount
ORDER BY name, id
