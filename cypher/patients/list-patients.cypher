// Particulars of the patients with these ids, in the order of the ids; unknown ids are left out.
// params: ids
// returns: id, givenName, familyName, birthDate, sex, phone, email, nationalId, region, address, active, allergyStatus, version
UNWIND range(0, size($ids) - 1) AS place
MATCH (p:Patient {id: $ids[place]})
RETURN p.id AS id, p.givenName AS givenName, p.familyName AS familyName, p.birthDate AS birthDate, p.sex AS sex,
       p.phone AS phone, p.email AS email, p.nationalId AS nationalId, p.region AS region, p.address AS address,
       p.active AS active, p.allergyStatus AS allergyStatus, p.version AS version, place AS place
ORDER BY place
