// Voids a file with who, when and why.
// params: fileId, at, by, reason
// returns: id
// writes
MATCH (f:MedicalFile {id: $fileId})
SET f.voidedAt = $at, f.voidedBy = $by, f.voidReason = $reason
RETURN f.id AS id
