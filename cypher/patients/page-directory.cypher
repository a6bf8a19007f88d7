// Names and numbers of the patients with these ids, for the directory that search and roster work on.
// params: ids
// returns: id, givenName, familyName, phone, nationalId, sortKey
UNWIND $ids AS id
MATCH (p:Patient {id: id})
RETURN p.id AS id, p.givenName AS givenName, p.familyName AS familyName, p.phone AS phone, p.nationalId AS nationalId,
       p.sortKey AS sortKey
