// Names and numbers of the patients whose particulars have changed after a change of that number, for the directory.
// params: change
// returns: id, givenName, familyName, phone, nationalId, sortKey
MATCH (p:Patient)
WHERE p.changeNumber > $change
RETURN p.id AS id, p.givenName AS givenName, p.familyName AS familyName, p.phone AS phone, p.nationalId AS nationalId,
       p.sortKey AS sortKey
