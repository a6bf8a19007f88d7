// Ids of one page of the patients whom a doctor treats, by family name.
// params: doctorId, skip, limit
// returns: id
MATCH (:Doctor {id: $doctorId})-[:TREATS]->(p:Patient)
RETURN p.id AS id, p.sortKey AS sortKey
ORDER BY sortKey
SKIP $skip
LIMIT $limit
