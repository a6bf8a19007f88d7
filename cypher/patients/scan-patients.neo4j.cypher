// Patients whose folded names, phone digits, identity number or id contain every word, by the full-text index of Neo4j.
// The words hold letters and digits only, so none of them means anything to the index's own language.
// params: words, limit
// returns: id
CALL db.index.fulltext.queryNodes(
  'patient_search',
  reduce(query = '', word IN $words | query + ' +(searchKey:*' + word + '* id:*' + toUpper(word) + '*)')
) YIELD node
RETURN node.id AS id, node.sortKey AS sortKey
ORDER BY sortKey
LIMIT $limit
