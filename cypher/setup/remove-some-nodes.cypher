// Removes some nodes with their relationships. Counters stay, so that no id is ever given twice and the audit trail stays
// unambiguous; so does the record of schema migrations. What a store's adapter keeps for itself (marks, bytes) is not the clinic's.
// params: limit (how many at most)
// returns: removed
// writes
MATCH (n)
WHERE NOT n:Counter AND NOT n:SchemaMigration AND NOT n:WriteMark AND NOT n:FileChunk AND NOT n:Blob
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS removed
