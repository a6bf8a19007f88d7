// Patients born on a day.
// params: birthDate
// returns: id, givenName, familyName, birthDate, active, phoneKey, nationalKey
MATCH (p:Patient {birthDate: $birthDate})
RETURN p.id AS id, p.givenName AS givenName, p.familyName AS familyName, p.birthDate AS birthDate, p.active AS active,
       p.phoneKey AS phoneKey, p.nationalKey AS nationalKey
ORDER BY id
