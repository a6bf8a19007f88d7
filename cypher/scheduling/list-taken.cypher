// When a doctor's time is taken by appointments that begin on these clinic days.
// params: doctorId, days
// returns: startsAt, endsAt
UNWIND $days AS day
MATCH (a:Appointment {day: day})<-[:HAS_APPOINTMENT]-(:Doctor {id: $doctorId})
WHERE a.status <> 'cancelled'
RETURN a.startsAt AS startsAt, a.endsAt AS endsAt
ORDER BY startsAt
