// How many of each department's appointments since a day were not kept?
// params: since (day)
// returns: department, appointments, missed
MATCH (department:Department)-[:HAS_DOCTOR]->(:Doctor)-[:HAS_APPOINTMENT]->(a:Appointment)
WHERE a.day >= $since
RETURN department.name AS department,
       count(a) AS appointments,
       sum(CASE WHEN a.status = 'no-show' THEN 1 ELSE 0 END) AS missed
ORDER BY missed DESC
