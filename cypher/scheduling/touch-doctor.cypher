// Takes the doctor's lock without changing anything, so that two openings of extra hours see each other.
// params: doctorId
// returns: id
// writes
MATCH (d:Doctor {id: $doctorId})
SET d.id = d.id
RETURN d.id AS id
