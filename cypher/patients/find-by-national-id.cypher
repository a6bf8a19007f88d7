// Patients with an identity number.
// params: nationalKey (folded)
// returns: id, givenName, familyName, birthDate, active, phoneKey, nationalKey
MATCH (p:Patient {nationalKey: $nationalKey})
RETURN p.id AS id, p.givenName AS givenName, p.familyName AS familyName, p.birthDate AS birthDate, p.active AS active,
       p.phoneKey AS phoneKey, p.nationalKey AS nationalKey
ORDER BY id
