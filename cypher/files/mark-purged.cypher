// Writes down that the bytes of a voided file are gone.
// params: fileId, at
// returns: id
// writes
MATCH (f:MedicalFile {id: $fileId})
SET f.purgedAt = $at
RETURN f.id AS id
