// How many appointments does each day of the week have, and what became of them?
// params: since (day), status (one status of an appointment, or all)
// returns: weekday (1 is Monday), day, status, appointments
// Days are texts like 2026-11-22: they compare and sort as they stand.
MATCH (a:Appointment)
WHERE a.day >= $since AND ($status = 'all' OR a.status = $status)
// WITH hands on what the next step needs: here the text becomes a date, which knows its weekday.
WITH a.status AS status, date(a.day) AS dated
WITH status, dated.dayOfWeek AS weekday
// What stands beside count(*) makes the groups: one row for each weekday and status.
RETURN weekday,
       ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][weekday - 1] AS day,
       status,
       count(*) AS appointments
ORDER BY weekday, appointments DESC
