// How many of each doctor's appointments were missed without notice?
// params: since (day)
// returns: doctor, appointments, missed, percent
// Only what has come to an end, one way or the other, can have been missed.
MATCH (doctor:Doctor)-[:HAS_APPOINTMENT]->(a:Appointment)
WHERE a.day >= $since AND a.status IN ['completed', 'no-show']
// CASE turns each appointment into one or nought; their sum is how many were missed.
WITH doctor, count(*) AS appointments, sum(CASE a.status WHEN 'no-show' THEN 1 ELSE 0 END) AS missed
// 1000.0 makes the division one of decimals; then it is rounded to one place.
RETURN doctor.name AS doctor, appointments, missed, round(1000.0 * missed / appointments) / 10 AS percent
ORDER BY percent DESC, doctor
