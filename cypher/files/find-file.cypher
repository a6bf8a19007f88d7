// A file by its id: whose it is, and all that is known of it.
// params: fileId
// returns: id, patientId, filename, filetype, filesize, sha256, uploaddate, uploadedBy, description, width, height, blobId, voidedAt, voidedBy, voidReason, purgedAt
MATCH (p:Patient)-[:HAS_FILE]->(f:MedicalFile {id: $fileId})
RETURN f.id AS id, p.id AS patientId, f.filename AS filename, f.filetype AS filetype, f.filesize AS filesize, f.sha256 AS sha256,
  f.uploaddate AS uploaddate, f.uploadedBy AS uploadedBy, f.description AS description, f.width AS width, f.height AS height,
  f.blobId AS blobId, f.voidedAt AS voidedAt, f.voidedBy AS voidedBy, f.voidReason AS voidReason, f.purgedAt AS purgedAt
