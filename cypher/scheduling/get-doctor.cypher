// A doctor as far as booking needs them.
// params: doctorId
// returns: id, name, nameAr, slotMinutes, active, version
MATCH (d:Doctor {id: $doctorId})
RETURN d.id AS id, d.name AS name, d.nameAr AS nameAr, d.slotMinutes AS slotMinutes, d.active AS active, d.version AS version
