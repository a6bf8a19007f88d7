// A patient's files, newest first, voided ones too.
// params: patientId
// returns: id, patientId, filename, filetype, filesize, sha256, uploaddate, uploadedBy, description, width, height, blobId, voidedAt, voidedBy, voidReason, purgedAt
MATCH (p:Patient {id: $patientId})-[:HAS_FILE]->(f:MedicalFile)
RETURN f.id AS id, p.id AS patientId, f.filename AS filename, f.filetype AS filetype, f.filesize AS filesize, f.sha256 AS sha256,
  f.uploaddate AS uploaddate, f.uploadedBy AS uploadedBy, f.description AS description, f.width AS width, f.height AS height,
  f.blobId AS blobId, f.voidedAt AS voidedAt, f.voidedBy AS voidedBy, f.voidReason AS voidReason, f.purgedAt AS purgedAt
ORDER BY uploaddate DESC, id DESC
