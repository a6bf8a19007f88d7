// A doctor's name, for the visit that they begin.
// params: doctorId
// returns: id, name
MATCH (d:Doctor {id: $doctorId})
RETURN d.id AS id, d.name AS name
