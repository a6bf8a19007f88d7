// Files voided before an instant whose bytes are still there.
// params: before, limit
// returns: id, patientId, blobId
MATCH (p:Patient)-[:HAS_FILE]->(f:MedicalFile)
WHERE f.voidedAt < $before AND f.purgedAt IS NULL
RETURN f.id AS id, p.id AS patientId, f.blobId AS blobId
LIMIT $limit
