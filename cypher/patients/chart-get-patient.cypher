// The particulars at the head of a chart.
// params: patientId
// returns: id, givenName, familyName, birthDate, sex, phone, email, nationalId, region, address, active, allergyStatus, version
MATCH (p:Patient {id: $patientId})
RETURN p.id AS id, p.givenName AS givenName, p.familyName AS familyName, p.birthDate AS birthDate, p.sex AS sex,
  p.phone AS phone, p.email AS email, p.nationalId AS nationalId, p.region AS region, p.address AS address,
  p.active AS active, p.allergyStatus AS allergyStatus, p.version AS version
