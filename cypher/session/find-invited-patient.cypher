// Who is the active patient that an invitation was issued for?
// params: patientId
// returns: givenName, familyName, birthDate (day)
MATCH (p:Patient {id: $patientId, active: true})
RETURN p.givenName AS givenName, p.familyName AS familyName, p.birthDate AS birthDate
