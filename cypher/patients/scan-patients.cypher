// Patients whose folded names, phone digits, identity number or id contain every word: the slow way, while the directory is built.
// params: words, limit
// returns: id
MATCH (p:Patient)
WHERE all(word IN $words WHERE p.searchKey CONTAINS word OR toLower(p.id) CONTAINS word)
RETURN p.id AS id, p.sortKey AS sortKey
ORDER BY sortKey
LIMIT $limit
